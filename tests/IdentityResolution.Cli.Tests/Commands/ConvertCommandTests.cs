using System.Text.Json;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class ConvertCommandTests : IDisposable
{
    private const string Settings = """
        { "link_type": "dedupe_only", "probability_two_random_records_match": 0.01,
          "blocking_rules_to_generate_predictions": [ { "blocking_rule": "l.\"city\" = r.\"city\"" } ],
          "comparisons": [
            { "output_column_name": "name", "comparison_levels": [
              { "sql_condition": "\"name_l\" IS NULL OR \"name_r\" IS NULL", "is_null_level": true },
              { "sql_condition": "\"name_l\" = \"name_r\"", "m_probability": 0.9, "u_probability": 0.01, "tf_adjustment_column": "name" },
              { "sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99 } ] },
            { "output_column_name": "tags", "comparison_levels": [
              { "sql_condition": "\"tags_l\" IS NULL OR \"tags_r\" IS NULL", "is_null_level": true },
              { "sql_condition": "array_length(list_intersect(\"tags_l\", \"tags_r\")) >= 1", "m_probability": 0.9, "u_probability": 0.01 },
              { "sql_condition": "ELSE", "m_probability": 0.1, "u_probability": 0.99 } ] } ] }
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Splink_settings_become_a_model_and_back_with_their_tables()
    {
        string splink = _folder.Write("splink.json", Settings);
        Directory.CreateDirectory(_folder["tables"]);
        File.WriteAllText(Path.Combine(_folder["tables"], "tf_name.csv"), "name,tf_name\n\"smith, jr\",0.25\nann,0.5\n");
        CliResult imported = await CliRun.WithAsync("convert", splink, "--term-frequencies", _folder["tables"], "--output", _folder["model.json"], "--json");
        Assert.True(imported.ExitCode == 0, imported.Error);
        Assert.Contains("left out: comparisons[1].comparison_levels[1].sql_condition: 'array_length' has no counterpart. The whole comparison is left out.\n", imported.Error, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(imported.Output);
        Assert.Contains(summary.RootElement.GetProperty("notes").EnumerateArray(), note => note.GetProperty("kind").GetString() == "leftOut");
        IdentityModel model = IdentityModel.Parse(File.ReadAllText(_folder["model.json"]));
        Assert.Equal((1, 0.25), (model.Comparisons.Count, model.Comparisons[0].TermFrequencies!.Values["smith jr"]));

        CliResult exported = await CliRun.WithAsync("convert", _folder["model.json"], "--term-frequencies", _folder["out"], "--output", "-");
        Assert.True(exported.ExitCode == 0, exported.Error);
        Assert.Contains("\"tf_adjustment_column\": \"name\"", exported.Output, StringComparison.Ordinal);
        Assert.Equal("name,tf_name\nann,0.5\nsmith jr,0.25\n", File.ReadAllText(Path.Combine(_folder["out"], "tf_name.csv")));
    }

    [Fact]
    public async Task A_converted_model_resolves()
    {
        await CliRun.WithAsync("convert", _folder.Write("splink.json", Settings), "--output", _folder["model.json"]);
        string people = _folder.Write("people.csv", "unique_id,name,city\n1,Ann,Rome\n2,Ann,Rome\n3,Bob,Rome\n");
        CliResult result = await CliRun.WithAsync("resolve", people, "--model", _folder["model.json"], "--id", "unique_id", "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("\"candidatePairs\":3", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_given_as_a_model_are_told_with_the_command_that_converts_them()
    {
        string splink = _folder.Write("splink.json", Settings);
        CliResult result = await CliRun.WithAsync("resolve", _folder.Write("a.csv", "unique_id,name\n1,Ann\n"), "--model", splink);
        Assert.Equal((2, $"idres: --model: {splink}: these are Splink settings; make a model of them first: idres convert {splink} --output model.json\n"), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task What_can_not_be_converted_is_one_clear_error()
    {
        string file = _folder.Write("x.json", "{ \"version\": 7 }");
        CliResult other = await CliRun.WithAsync("convert", file, "--output", "-");
        Assert.Equal((2, ""), (other.ExitCode, other.Output));
        Assert.Contains("version: is 7", other.Error, StringComparison.Ordinal);
        CliResult missing = await CliRun.WithAsync("convert", "nothing.json", "--output", "-");
        Assert.Equal((2, "idres: nothing.json: there is no such file\n"), (missing.ExitCode, missing.Error));
        CliResult itself = await CliRun.WithAsync("convert", file, "--output", file);
        Assert.Equal((2, $"idres: --output: '{file}' is also the input\n"), (itself.ExitCode, itself.Error));
    }
}
