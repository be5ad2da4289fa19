using Npgsql;

namespace IdentityResolution.PostgreSql.Tests;

/// <summary>Connection strings and URIs; nothing connects.</summary>
public class ConnectionStringTests
{
    [Theory]
    [InlineData("Host=db;Database=crm;Username=app", "db", 5432, "crm", "app", null, null)]
    [InlineData("Server=db;Port=5433;User Id=app;Password=a'b;Schema=mine", "db", 5433, null, "app", "a'b", "mine")]
    [InlineData("postgres://db", "db", 5432, null, null, null, null)]
    [InlineData("postgresql://app@db:5433/crm", "db", 5433, "crm", "app", null, null)]
    [InlineData("postgresql://app:p%40ss%3Aw%2F@db/crm?schema=mine", "db", 5432, "crm", "app", "p@ss:w/", "mine")]
    [InlineData("postgresql://app:a;Host=evil@db/crm", "db", 5432, "crm", "app", "a;Host=evil", null)]
    [InlineData("POSTGRES://app@[::1]:5433/crm", "::1", 5433, "crm", "app", null, null)]
    [InlineData("postgresql:///crm?host=%2Ftmp%2Fsocket&port=5433&user=app&password=p", "/tmp/socket", 5433, "crm", "app", "p", null)]
    [InlineData("postgresql://%2Ftmp%2Fsocket/crm", "/tmp/socket", 5432, "crm", null, null, null)]
    [InlineData("postgresql://a:1,b:2/crm?target_session_attrs=read-write", "a:1,b:2", 5432, "crm", null, null, null)]
    [InlineData("postgresql://db/caf%C3%A9%20%22x%22", "db", 5432, "café \"x\"", null, null, null)]
    public void The_parts_are_found(string text, string host, int port, string? database, string? user, string? password, string? schema)
    {
        (NpgsqlConnectionStringBuilder connection, string? named) = ConnectionText.Parse(text, "text");

        Assert.Equal(
            (host, port, database, user, password, schema),
            (connection.Host, connection.Port, connection.Database, connection.Username, connection.Password, named));
    }

    [Theory]
    [InlineData("postgresql://db/crm?sslmode=verify-full", SslMode.VerifyFull)]
    [InlineData("postgresql://db/crm?sslmode=require", SslMode.Require)]
    [InlineData("postgresql://db/crm?SSLMode=disable", SslMode.Disable)]
    [InlineData("Host=db;SSL Mode=VerifyCA", SslMode.VerifyCA)]
    public void Encryption_is_as_it_was_asked_for(string text, SslMode mode) => Assert.Equal(mode, ConnectionText.Parse(text, "text").Connection.SslMode);

    [Theory]
    [InlineData("Host=db;Prepare=false", false)]
    [InlineData("postgresql://db/crm?prepare=true", true)]
    [InlineData("Host=db", null)]
    public void Whether_statements_are_prepared_can_be_told(string text, bool? prepares)
    {
        ConnectionText.Parse(text, "text", out bool? told);
        Assert.Equal(prepares, told);
    }

    [Fact]
    public void Values_of_records_stay_out_of_the_drivers_messages() => Assert.Multiple(
        () => Assert.False(ConnectionText.Parse("Host=db;Include Error Detail=true", "text").Connection.IncludeErrorDetail),
        () => Assert.False(ConnectionText.Parse("Host=db;Log Parameters=true", "text").Connection.LogParameters));

    [Theory]
    [InlineData("Password=hidden")]
    [InlineData("Host=db;Password=start;hidden=rest")]
    [InlineData("Host=db;Password=start;hidden")]
    [InlineData("Host=db;Port=hidden")]
    [InlineData("Host=db;Pooling=hidden")]
    [InlineData("Host=db;Prepare=hidden")]
    [InlineData("Host=db;Password='hidden")]
    [InlineData("Host=db;Schema=pg_hidden")]
    [InlineData("postgres://app:hidden@")]
    [InlineData("postgres://app:pass@db:hidden/crm")]
    [InlineData("postgres://app:pass@db:99999999999/hidden")]
    [InlineData("postgres://app:pass@db/crm?hidden")]
    [InlineData("postgres://app:pass@db/crm?hidden=1")]
    [InlineData("postgres://app:pass@db/crm?sslmode=hidden")]
    [InlineData("postgres://app:pass@db/crm?password=x&connect_timeout=hidden")]
    [InlineData("postgres://[hidden:5432/crm")]
    [InlineData("hidden")]
    public void What_is_wrong_is_told_without_anything_of_it(string text)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => PostgreSqlLookupStore.OpenConnectionString(text));
        Assert.DoesNotContain("hidden", error.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("pass@", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host=db;Database=crm;Username=app;Password=hidden", "postgres:db:5432/crm/identity_resolution")]
    [InlineData("postgres://app:hidden@db:5433/crm?schema=mine", "postgres:db:5433/crm/mine")]
    [InlineData("Host=db;Username=app;Password=hidden", "postgres:db:5432/app/identity_resolution")]
    public async Task A_description_holds_no_password(string text, string description)
    {
        await using PostgreSqlLookupStore store = PostgreSqlLookupStore.OpenConnectionString(text);
        Assert.Equal(description, store.Description);
    }
}
