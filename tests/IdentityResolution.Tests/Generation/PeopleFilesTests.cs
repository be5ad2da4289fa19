using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using IdentityResolution.Generation;

namespace IdentityResolution.Tests.Generation;

public sealed class PeopleFilesTests : IDisposable
{
    private static readonly PeopleGeneratorOptions Options = new() { Records = 500, Seed = 9 };
    private readonly string _directory = Directory.CreateTempSubdirectory("people").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_table_holds_every_record_and_its_answer()
    {
        string[] lines = await WriteTableAsync(Options, truth: null);
        Assert.Equal("record_id,source,first_name,surname,date_of_birth,email,phone,street,city,postcode,true_id", lines[0]);
        Assert.Equal(501, lines.Length);
        SyntheticRecord[] records = [.. PeopleGenerator.Generate(Options)];
        Assert.All(records.Zip(lines.Skip(1)), pair =>
        {
            Assert.StartsWith(pair.First.RecordId + ",", pair.Second, StringComparison.Ordinal);
            Assert.EndsWith("," + pair.First.TrueId, pair.Second, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task With_the_truth_apart_the_table_does_not_hold_it()
    {
        using var truth = new MemoryStream();
        string[] lines = await WriteTableAsync(Options, truth);
        Assert.DoesNotContain("true_id", lines[0], StringComparison.Ordinal);
        string[] answers = Lines(truth);
        Assert.Equal("source,record_id,entity_id", answers[0]);
        Assert.Equal(
            PeopleGenerator.Generate(Options).Select(record => $"{record.Source},{record.RecordId},{record.TrueId}"), answers.Skip(1));
    }

    [Fact]
    public async Task The_bytes_are_the_same_on_every_machine()
    {
        using var output = new MemoryStream();
        await PeopleFiles.WriteTableAsync(new PeopleGeneratorOptions { Records = 5000, Seed = 1, Sources = 6 }, output, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("23198cc14876b3f56abe9144b1b6377a7b07aecf223148d67ca0062a0ed19fe8", Convert.ToHexStringLower(SHA256.HashData(output.ToArray())));
    }

    [Fact]
    public async Task Each_source_has_its_own_file_columns_and_formats()
    {
        using var truth = new MemoryStream();
        IReadOnlyList<string> files = await PeopleFiles.WriteSourcesAsync(Options, _directory, truth, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(["crm.csv", "shop.csv", "support.ndjson"], files.Select(Path.GetFileName));
        string[][] lines = [.. files.Select(File.ReadAllLines)];
        Assert.Equal("id,first_name,last_name,birth_date,email,phone,street,city,postcode", lines[0][0]);
        Assert.Equal("shop_id,name,e_mail,mobile,dob,address,town,post_code", lines[1][0]);
        Assert.Equal(500, lines[0].Length - 1 + lines[1].Length - 1 + lines[2].Length);
        Assert.Equal(501, Lines(truth).Length);
        Assert.Contains(lines[1].Skip(1), line => System.Text.RegularExpressions.Regex.IsMatch(line, @",\d\d/\d\d/\d{4},", default, TimeSpan.FromSeconds(1)));
        Assert.All(lines[2], line =>
        {
            using var json = JsonDocument.Parse(line);
            Assert.StartsWith("support-", json.RootElement.GetProperty("uid").GetString(), StringComparison.Ordinal);
            Assert.All(json.RootElement.EnumerateObject(), property => Assert.NotEqual("", property.Value.GetString()));
        });
    }

    [Fact]
    public async Task A_field_with_a_comma_is_quoted()
    {
        string[] lines = await WriteTableAsync(Options with { Records = 5000 }, truth: null);
        Assert.Contains(lines, line => line.Contains(",\"Flat ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Cancelling_stops_the_writing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => PeopleFiles.WriteTableAsync(
            Options with { Records = 100_000_000 }, Stream.Null, cancellationToken: cancelled.Token));
    }

    private static async Task<string[]> WriteTableAsync(PeopleGeneratorOptions options, Stream? truth)
    {
        using var output = new MemoryStream();
        await PeopleFiles.WriteTableAsync(options, output, truth, cancellationToken: TestContext.Current.CancellationToken);
        return Lines(output);
    }

    private static string[] Lines(MemoryStream stream) =>
        Encoding.UTF8.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
