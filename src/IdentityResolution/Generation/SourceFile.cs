using System.Globalization;
using System.Text.Encodings.Web;

namespace IdentityResolution.Generation;

/// <summary>One source's file in its own format. Formats alternate: separate names in CSV, whole names in CSV, NDJSON.</summary>
internal abstract class SourceFile(string path, StreamWriter writer) : IAsyncDisposable
{
    /// <summary>Where the file is.</summary>
    public string Path { get; } = path;

    protected StreamWriter Writer { get; } = writer;

    /// <summary>Creates the file of a source and writes its header, if it has one.</summary>
    /// <param name="directory">An existing directory.</param>
    /// <param name="source">The source's name, which names the file.</param>
    /// <param name="number">0-based number of the source; chooses the format.</param>
    public static SourceFile Create(string directory, string source, int number)
    {
        string path = System.IO.Path.Combine(directory, source + (number % 3 == 2 ? ".ndjson" : ".csv"));
        StreamWriter writer = PeopleFiles.NewWriter(File.Create(path), leaveOpen: false);
        return (number % 3) switch
        {
            0 => new SeparateNames(path, writer),
            1 => new WholeNames(path, writer, source),
            _ => new Objects(path, writer),
        };
    }

    /// <summary>Appends a record.</summary>
    public abstract void Write(SyntheticRecord record);

    /// <summary>Flushes and closes the file.</summary>
    public ValueTask DisposeAsync() => Writer.DisposeAsync();

    private static string Join(string separator, params ReadOnlySpan<string> parts)
    {
        string joined = string.Empty;
        foreach (string part in parts)
        {
            joined = joined.Length == 0 || part.Length == 0 ? joined + part : joined + separator + part;
        }
        return joined;
    }

    // As a CRM exports: a column for each part, ISO dates.
    private sealed class SeparateNames : SourceFile
    {
        public SeparateNames(string path, StreamWriter writer)
            : base(path, writer) => writer.Write("id,first_name,last_name,birth_date,email,phone,street,city,postcode\n");

        public override void Write(SyntheticRecord record)
        {
            CsvRow row = new(Writer);
            row.Add(record.RecordId);
            row.Add(record.FirstName);
            row.Add(record.Surname);
            row.Add(record.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            row.Add(record.Email);
            row.Add(record.Phone);
            row.Add(record.Street);
            row.Add(record.City);
            row.Add(record.Postcode);
            row.End();
        }
    }

    // As a web shop exports: the name as typed into one box, day before month.
    private sealed class WholeNames : SourceFile
    {
        public WholeNames(string path, StreamWriter writer, string source)
            : base(path, writer) => writer.Write($"{source}_id,name,e_mail,mobile,dob,address,town,post_code\n");

        public override void Write(SyntheticRecord record)
        {
            CsvRow row = new(Writer);
            row.Add(record.RecordId);
            row.Add(Join(" ", record.FirstName, record.Surname));
            row.Add(record.Email);
            row.Add(record.Phone);
            row.Add(record.BirthDate?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
            row.Add(record.Street);
            row.Add(record.City);
            row.Add(record.Postcode);
            row.End();
        }
    }

    // As a help desk's API gives: one object a line, surname first, what is not known left out.
    private sealed class Objects(string path, StreamWriter writer) : SourceFile(path, writer)
    {
        public override void Write(SyntheticRecord record)
        {
            Writer.Write("{\"uid\":");
            Writer.Write(Quote(record.RecordId));
            Property("full_name", Join(", ", record.Surname, record.FirstName));
            Property("email_address", record.Email);
            Property("telephone", record.Phone);
            Property("born", record.BirthDate?.ToString("d MMM yyyy", CultureInfo.InvariantCulture));
            Property("street", record.Street);
            Property("city", record.City);
            Property("zip", record.Postcode);
            Writer.Write("}\n");
        }

        private void Property(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                Writer.Write($",\"{name}\":{Quote(value)}");
            }
        }

        private static string Quote(string value) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value)}\"";
    }
}
