using System.Data.Common;
using Npgsql;

namespace IdentityResolution.PostgreSql;

/// <summary>Reads a connection string of Npgsql's or a URI of libpq's. What is wrong with one is told without anything of it.</summary>
internal static class ConnectionText
{
    private const string Schema = "schema";
    private const string Prepare = "prepare";

    // libpq's names, where they are not Npgsql's with other spaces.
    private static readonly Dictionary<string, string> UriParameters = new(StringComparer.OrdinalIgnoreCase)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["dbname"] = "Database",
        ["user"] = "Username",
        ["password"] = "Password",
        ["passfile"] = "Passfile",
        ["application_name"] = "Application Name",
        ["client_encoding"] = "Client Encoding",
        ["connect_timeout"] = "Timeout",
        ["options"] = "Options",
        ["sslmode"] = "SSL Mode",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["target_session_attrs"] = "Target Session Attributes",
        [Schema] = Schema,
        [Prepare] = Prepare,
    };

    /// <summary>The connection, and the store's schema when the text names one.</summary>
    /// <exception cref="ArgumentException">The text is not valid.</exception>
    public static (NpgsqlConnectionStringBuilder Connection, string? Schema) Parse(string text, string parameter) => Parse(text, parameter, out _);

    /// <summary>The connection, the store's schema when the text names one, and whether it says that statements are or are not to be prepared.</summary>
    /// <exception cref="ArgumentException">The text is not valid.</exception>
    public static (NpgsqlConnectionStringBuilder Connection, string? Schema) Parse(string text, string parameter, out bool? prepares)
    {
        DbConnectionStringBuilder values = IsUri(text) ? ParseUri(text, parameter) : ParseKeywords(text, parameter);
        string? schema = null;
        if (values.TryGetValue(Schema, out object? named))
        {
            schema = (string)named;
            values.Remove(Schema);
        }
        prepares = null;
        if (values.TryGetValue(Prepare, out object? asked))
        {
            prepares = bool.TryParse((string)asked, out bool yes) ? yes : throw Invalid("prepare is neither true nor false", parameter);
            values.Remove(Prepare);
        }
        NpgsqlConnectionStringBuilder connection;
        try
        {
            connection = new NpgsqlConnectionStringBuilder(values.ConnectionString);
        }
        catch (Exception error) when (error is ArgumentException or FormatException or OverflowException or InvalidCastException)
        {
            throw Invalid("a keyword is not known, or its value is not valid", parameter);
        }
        if (string.IsNullOrEmpty(connection.Host))
        {
            throw Invalid("it names no host", parameter);
        }
        // Both would put values of records into messages.
        connection.IncludeErrorDetail = false;
        connection.LogParameters = false;
        connection.ApplicationName ??= "identity-resolution";
        return (connection, schema);
    }

    private static bool IsUri(string text) =>
        text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase);

    private static DbConnectionStringBuilder ParseKeywords(string text, string parameter)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = text };
        }
        catch (ArgumentException)
        {
            throw Invalid("it must be made of keyword=value, with semicolons between them", parameter);
        }
    }

    // postgresql://[user[:password]@][host[:port],...][/database][?name=value&...]
    private static DbConnectionStringBuilder ParseUri(string text, string parameter)
    {
        string rest = text[(text.IndexOf("://", StringComparison.Ordinal) + 3)..];
        (rest, string? query) = Cut(rest, rest.IndexOf('?', StringComparison.Ordinal));
        (rest, string? database) = Cut(rest, rest.IndexOf('/', StringComparison.Ordinal));
        var values = new DbConnectionStringBuilder();
        int at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            string user = rest[..at];
            (user, string? password) = Cut(user, user.IndexOf(':', StringComparison.Ordinal));
            Set("Username", user);
            Set("Password", password);
        }
        SetHosts(values, rest[(at + 1)..], parameter);
        Set("Database", database);
        foreach (string pair in (query ?? "").Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            (string name, string? value) = Cut(pair, pair.IndexOf('=', StringComparison.Ordinal));
            if (value is null || !UriParameters.TryGetValue(Uri.UnescapeDataString(name), out string? keyword))
            {
                throw Invalid("a parameter behind the question mark is not known", parameter);
            }
            Set(keyword, value);
        }
        return values;

        void Set(string keyword, string? escaped)
        {
            if (!string.IsNullOrEmpty(escaped))
            {
                // Npgsql knows verify-full as VerifyFull, read-write as ReadWrite.
                string value = Uri.UnescapeDataString(escaped);
                values[keyword] = keyword == "SSL Mode" ? value.Replace("-", "", StringComparison.Ordinal) : value;
            }
        }
    }

    // One host keeps its port apart; of several each has its own behind it, as Npgsql wants it too.
    private static void SetHosts(DbConnectionStringBuilder values, string hosts, string parameter)
    {
        if (hosts.Contains(',', StringComparison.Ordinal))
        {
            values["Host"] = Uri.UnescapeDataString(hosts);
            return;
        }
        int colon = hosts.LastIndexOf(':');
        if (colon > hosts.LastIndexOf(']'))
        {
            if (colon < hosts.Length - 1)
            {
                values["Port"] = hosts[(colon + 1)..];
            }
            hosts = hosts[..colon];
        }
        if (hosts.StartsWith('[') != hosts.EndsWith(']'))
        {
            throw Invalid("a bracket of its host is missing", parameter);
        }
        string host = Uri.UnescapeDataString(hosts.Trim('[', ']'));
        if (host.Length > 0)
        {
            values["Host"] = host;
        }
    }

    private static (string Before, string? After) Cut(string text, int at) => at < 0 ? (text, null) : (text[..at], text[(at + 1)..]);

    // The cause is not kept: the driver's messages quote what they could not read, and that may be a part of the password.
    private static ArgumentException Invalid(string reason, string parameter) => new($"The connection string is not valid: {reason}.", parameter);
}
