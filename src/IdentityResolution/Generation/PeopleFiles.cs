using System.Globalization;
using System.Text;

namespace IdentityResolution.Generation;

/// <summary>Writes generated people to files: all in one table, or each source in a file and a format of its own.</summary>
/// <remarks>UTF-8 without a byte order mark, lines end in LF. Truth files have the columns <c>source, record_id, entity_id</c>.</remarks>
public static class PeopleFiles
{
    private const int RecordsBetweenReports = 20_000;
    private const int FileBufferSize = 1 << 16;
    private const string TruthHeader = "source,record_id,entity_id\n";
    private const string Header = "record_id,source,first_name,surname,date_of_birth,email,phone,street,city,postcode";

    /// <summary>Writes all records as one CSV table, and who they are of beside it or apart.</summary>
    /// <param name="options">What to make.</param>
    /// <param name="output">
    /// Receives <c>record_id, source, first_name, surname, date_of_birth, email, phone, street, city, postcode</c>; stays open.
    /// </param>
    /// <param name="truth">Receives the answers; stays open. Null: they become the last column, <c>true_id</c>, of the output.</param>
    /// <param name="progress">Is told how many records were written.</param>
    /// <param name="cancellationToken">Stops the writing; what was written stays.</param>
    /// <returns>A task that ends when everything is written.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static async Task WriteTableAsync(
        PeopleGeneratorOptions options,
        Stream output,
        Stream? truth = null,
        IProgress<ResolutionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        IEnumerable<SyntheticRecord> records = PeopleGenerator.Generate(options);
        StreamWriter table = NewWriter(output, leaveOpen: true);
        StreamWriter answers = NewWriter(truth ?? Stream.Null, leaveOpen: true);
        table.Write(truth is null ? $"{Header},true_id\n" : $"{Header}\n");
        answers.Write(TruthHeader);
        long done = 0;
        foreach (SyntheticRecord record in records)
        {
            WriteRow(table, record, withAnswer: truth is null);
            WriteTruth(answers, record);
            done = Report(done, options.Records, progress, cancellationToken);
        }
        await table.FlushAsync(cancellationToken).ConfigureAwait(false);
        await answers.FlushAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes each source to a file of its own, with its own column names and formats, as the systems of one company would export them.</summary>
    /// <param name="options">What to make.</param>
    /// <param name="directory">An existing directory; files of the same names are overwritten.</param>
    /// <param name="truth">Receives the answers; stays open. Null: they are not written. The files never hold them.</param>
    /// <param name="progress">Is told how many records were written.</param>
    /// <param name="cancellationToken">Stops the writing; what was written stays.</param>
    /// <returns>The files' paths, in the order of the sources.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static async Task<IReadOnlyList<string>> WriteSourcesAsync(
        PeopleGeneratorOptions options,
        string directory,
        Stream? truth = null,
        IProgress<ResolutionProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(directory);
        IEnumerable<SyntheticRecord> records = PeopleGenerator.Generate(options);
        var files = new Dictionary<string, SourceFile>(StringComparer.Ordinal);
        try
        {
            foreach (SourceProfile source in SourceProfile.All.Take(options.Sources))
            {
                files.Add(source.Name, SourceFile.Create(directory, source.Name, files.Count));
            }
            StreamWriter answers = NewWriter(truth ?? Stream.Null, leaveOpen: true);
            answers.Write(TruthHeader);
            long done = 0;
            foreach (SyntheticRecord record in records)
            {
                files[record.Source].Write(record);
                WriteTruth(answers, record);
                done = Report(done, options.Records, progress, cancellationToken);
            }
            await answers.FlushAsync(cancellationToken).ConfigureAwait(false);
            return [.. files.Values.Select(file => file.Path)];
        }
        finally
        {
            foreach (SourceFile file in files.Values)
            {
                await file.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    internal static StreamWriter NewWriter(Stream stream, bool leaveOpen) =>
        new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), FileBufferSize, leaveOpen) { NewLine = "\n" };

    private static void WriteRow(StreamWriter table, SyntheticRecord record, bool withAnswer)
    {
        CsvRow row = new(table);
        row.Add(record.RecordId);
        row.Add(record.Source);
        row.Add(record.FirstName);
        row.Add(record.Surname);
        row.Add(record.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        row.Add(record.Email);
        row.Add(record.Phone);
        row.Add(record.Street);
        row.Add(record.City);
        row.Add(record.Postcode);
        if (withAnswer)
        {
            row.Add(record.TrueId);
        }
        row.End();
    }

    private static void WriteTruth(StreamWriter answers, SyntheticRecord record)
    {
        CsvRow row = new(answers);
        row.Add(record.Source);
        row.Add(record.RecordId);
        row.Add(record.TrueId);
        row.End();
    }

    private static long Report(long done, long total, IProgress<ResolutionProgress>? progress, CancellationToken cancellationToken)
    {
        done++;
        if (done % RecordsBetweenReports == 0 || done == total)
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(new ResolutionProgress("generate", done, total, "records"));
        }
        return done;
    }
}
