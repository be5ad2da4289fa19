using System.Text.Json;

namespace IdentityResolution.Cli.Tests.Commands;

public sealed class ResolveCommandTests : IDisposable
{
    private const string Header = "source,record_id,customer_id,matched_by,match_probability";
    private static readonly string[] SummaryKeys =
        ["records", "quarantined", "candidatePairs", "links", "customers", "created", "merged", "split", "unchanged", "seconds", "processorSeconds", "peakMemoryBytes", "temporaryFileBytes", "modelHash"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Standard_output_holds_the_lookup_table_when_it_is_no_terminal()
    {
        string[] inputs = await PeopleAsync();
        CliResult result = await CliRun.WithAsync(["resolve", .. inputs]);
        Assert.Equal(0, result.ExitCode);
        Assert.Equal(Header, result.OutputLines[0]);
        Assert.Equal(121, result.OutputLines.Length);
        Assert.NotEmpty(result.Error);
    }

    [Fact]
    public async Task Standard_output_holds_a_summary_when_a_person_looks_at_it()
    {
        string[] inputs = await PeopleAsync();
        CliResult nowhere = await CliRun.WithAsync(["resolve", .. inputs], terminal: true);
        Assert.Contains("customers  ", nowhere.Output, StringComparison.Ordinal);
        Assert.EndsWith("The lookup table was not kept: name a file with --output or a store with --lookup.\n", nowhere.Output, StringComparison.Ordinal);
        string store = $"sqlite:{_folder["c.db"]}";
        CliResult kept = await CliRun.WithAsync(["resolve", .. inputs, "--output", _folder["c.csv"], "--lookup", store], terminal: true);
        Assert.EndsWith($"The lookup table is in {_folder["c.csv"]} and in {store}.\n", kept.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_store_the_summary_goes_to_standard_error_and_no_data_to_a_pipe()
    {
        string store = $"sqlite:{_folder["c.db"]}";
        CliResult result = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--lookup", store]);
        Assert.Empty(result.Output);
        Assert.Contains("customers  ", result.Error, StringComparison.Ordinal);
        Assert.EndsWith($"The lookup table is in {store}.\n", result.Error, StringComparison.Ordinal);
        CliResult unkept = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--lookup", "memory"]);
        Assert.Equal(Header, unkept.OutputLines[0]);
    }

    [Fact]
    public async Task The_summary_is_the_last_line_and_has_the_promised_keys()
    {
        CliResult result = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--output", "-", "--json"]);
        Assert.Equal(Header, result.OutputLines[0]);
        using var json = JsonDocument.Parse(result.OutputLines[^1]);
        Assert.Equal(SummaryKeys, json.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal(120, json.RootElement.GetProperty("records").GetInt64());
        Assert.Equal(result.OutputLines[1..^1].Select(line => line.Split(',')[2]).Distinct().Count(), json.RootElement.GetProperty("customers").GetInt32());
        Assert.True(json.RootElement.GetProperty("seconds").GetProperty("total").GetDouble() >= 0);
    }

    [Fact]
    public async Task With_json_and_no_output_nothing_but_the_summary_is_printed()
    {
        CliResult result = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--json"]);
        Assert.StartsWith("{\"records\":120,", Assert.Single(result.OutputLines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_output_file_standard_output_stays_empty()
    {
        CliResult result = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--output", _folder["c.csv"]]);
        Assert.Equal((0, ""), (result.ExitCode, result.Output));
        Assert.Equal(121, File.ReadAllLines(_folder["c.csv"]).Length);
        Assert.DoesNotContain(_folder.Names, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_output_goes_through_a_link_and_into_a_device()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no /dev/null, and links need a privilege there.");
        }
        string[] inputs = await PeopleAsync();
        string target = _folder.Write("target.csv", "old");
        File.CreateSymbolicLink(_folder["link.csv"], target);
        CliResult result = await CliRun.WithAsync(["resolve", .. inputs, "--output", _folder["link.csv"], "--links", "/dev/null"]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.NotNull(new FileInfo(_folder["link.csv"]).LinkTarget);
        Assert.Equal(Header, File.ReadLines(target).First());
        Assert.True(File.Exists("/dev/null"));
    }

    [Fact]
    public async Task A_terminal_sees_the_same_messages_and_no_progress_bar_for_a_short_run()
    {
        string[] inputs = await PeopleAsync();
        CliResult plain = await CliRun.WithAsync(["resolve", .. inputs]);
        CliResult terminal = await CliRun.WithAsync(["resolve", .. inputs], errorTerminal: true);
        Assert.Equal(plain.Output, terminal.Output);
        Assert.EndsWith(plain.Error, terminal.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_result_does_not_depend_on_the_number_of_threads()
    {
        string[] inputs = await PeopleAsync();
        CliResult one = await CliRun.WithAsync(["resolve", .. inputs, "--threads", "1"]);
        CliResult four = await CliRun.WithAsync(["resolve", .. inputs, "--threads", "4"]);
        Assert.Equal(one.Output, four.Output);
    }

    [Theory]
    [InlineData("review.csv")]
    [InlineData("review.ndjson")]
    public async Task What_is_in_doubt_is_listed_filled_in_and_given_back(string name)
    {
        string people = _folder.Write("people.csv", "id,email,card\n1,ann@x.org,QX4821\n2,ann@x.org,QX9073\n");
        string model = _folder.Write("model.json", """
            {"version":1,"fields":[{"name":"email","kind":"email"},{"name":"card","kind":"identifier"}],"matchRules":[
              {"name":"two cards","effect":"forbid","different":["card"]},{"name":"email","keys":["email"]}]}
            """);
        CliResult asked = await CliRun.WithAsync(["resolve", people, "--model", model, "--output", _folder["a.csv"], "--review", _folder[name]]);
        Assert.True(asked.ExitCode == 0, asked.Error);
        Assert.Contains("1 pair is listed for review.", asked.Error, StringComparison.Ordinal);
        string text = File.ReadAllText(_folder[name]);
        Assert.Contains("keeps apart", text, StringComparison.Ordinal);
        File.WriteAllText(_folder[name], text
            .Replace("people,1,people,2,,", "people,1,people,2,same,", StringComparison.Ordinal)
            .Replace("\"decision\":null", "\"decision\":\"same\"", StringComparison.Ordinal));
        CliResult answered = await CliRun.WithAsync(["resolve", people, "--model", model, "--output", _folder["b.csv"], "--judgements", _folder[name]]);
        Assert.True(answered.ExitCode == 0, answered.Error);
        string[] Customers(string file) => [.. File.ReadLines(_folder[file]).Skip(1).Select(line => line.Split(',')[2]).Distinct()];
        Assert.Equal((2, 1), (Customers("a.csv").Length, Customers("b.csv").Length));
    }

    [Fact]
    public async Task Judgements_of_several_files_decide()
    {
        string people = _folder.Write("people.csv", "id,email\n1,ann@x.org\n2,ann@x.org\n3,bob@x.org\n");
        string model = _folder.Write("model.json", """{"version":1,"fields":[{"name":"email","kind":"email"}],"matchRules":[{"name":"email","keys":["email"]}]}""");
        string one = _folder.Write("j1.csv", "source_l,record_id_l,source_r,record_id_r,decision\npeople,1,people,2,different\npeople,1,people,2,\n");
        string two = _folder.Write("j2.csv", "source_l,record_id_l,source_r,record_id_r,decision\npeople,1,people,3,same\n");
        CliResult result = await CliRun.WithAsync(["resolve", people, "--model", model, "--output", "-", "--judgements", one, two]);
        Assert.True(result.ExitCode == 0, result.Error);
        string[] customers = [.. result.OutputLines.Skip(1).Select(line => line.Split(',')[2])];
        Assert.Equal(customers[0], customers[2]);
        Assert.NotEqual(customers[0], customers[1]);
        CliResult taken = await CliRun.WithAsync(["resolve", people, "--model", model, "--output", one, "--judgements", one]);
        Assert.Equal((2, $"idres: --output: '{one}' is also --judgements"), (taken.ExitCode, taken.Error.Trim()));
        CliResult missing = await CliRun.WithAsync(["resolve", people, "--model", model, "--judgements", _folder["none.csv"]]);
        Assert.Equal(2, missing.ExitCode);
    }

    [Theory]
    [InlineData("sqlite:", "customers.db")]
    [InlineData("csv:", "customers.csv")]
    public async Task Ids_that_a_store_has_given_are_kept(string scheme, string file)
    {
        string[] inputs = await PeopleAsync();
        string store = scheme + _folder[file];
        CliResult first = await CliRun.WithAsync(["resolve", .. inputs, "--lookup", store]);
        CliResult again = await CliRun.WithAsync(["resolve", .. inputs, "--lookup", store, "--changes", _folder["changes.csv"]]);
        Assert.Equal((0, first.Output), (again.ExitCode, again.Output));
        Assert.Equal(["change,customer_id,related_customer_id,source,record_id,reason,run_id,at"], File.ReadAllLines(_folder["changes.csv"]));
    }

    [Fact]
    public async Task A_dry_run_leaves_the_store_alone()
    {
        CliResult result = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--lookup", $"sqlite:{_folder["c.db"]}", "--dry-run", "--json"]);
        Assert.Equal(0, result.ExitCode);
        Assert.DoesNotContain("c.db", _folder.Names);
    }

    [Fact]
    public async Task A_dry_run_tells_what_it_would_do_to_customers()
    {
        string[] inputs = await PeopleAsync();
        string store = $"sqlite:{_folder["c.db"]}";
        CliResult first = await CliRun.WithAsync(["resolve", inputs[0], "--lookup", store, "--json"]);
        using var before = JsonDocument.Parse(first.OutputLines[^1]);
        Assert.False(before.RootElement.GetProperty("unchanged").GetBoolean());
        Assert.False(before.RootElement.TryGetProperty("impact", out _));

        CliResult dry = await CliRun.WithAsync(["resolve", .. inputs, "--lookup", store, "--dry-run", "--json"]);
        using var json = JsonDocument.Parse(dry.OutputLines[^1]);
        JsonElement impact = json.RootElement.GetProperty("impact");
        Assert.Equal(before.RootElement.GetProperty("customers").GetInt32(), impact.GetProperty("customersBefore").GetInt32());
        Assert.Equal(json.RootElement.GetProperty("created").GetInt32(), impact.GetProperty("created").GetInt32());
        Assert.Equal(
            json.RootElement.GetProperty("records").GetInt32(),
            impact.GetProperty("sources").EnumerateArray().Sum(source => source.EnumerateObject().Skip(1).Sum(count => count.Value.GetInt32())));
        JsonElement created = impact.GetProperty("examples").EnumerateArray().First(example => example.GetProperty("kind").GetString() == "created");
        Assert.NotEmpty(created.GetProperty("records").EnumerateArray().First().GetProperty("recordId").GetString()!);

        CliResult text = await CliRun.WithAsync(["resolve", .. inputs, "--lookup", store, "--dry-run"]);
        Assert.Contains("Nothing was written.", text.Error, StringComparison.Ordinal);
        Assert.Contains("What becomes of records, by source:", text.Error, StringComparison.Ordinal);
        // The store is as it was: the same run once more is found unchanged.
        CliResult again = await CliRun.WithAsync(["resolve", inputs[0], "--lookup", store, "--json"]);
        using var unchanged = JsonDocument.Parse(again.OutputLines[^1]);
        Assert.True(unchanged.RootElement.GetProperty("unchanged").GetBoolean());
    }

    [Fact]
    public async Task Terms_are_kept_from_the_run_on_that_asks_for_them()
    {
        string[] inputs = [.. await PeopleAsync(), "--lookup", $"sqlite:{_folder["c.db"]}", "--json"];
        string secret = _folder["secret"];
        File.WriteAllBytes(secret, [.. Enumerable.Repeat((byte)7, 32)]);
        await CliRun.WithAsync(["resolve", .. inputs]);
        // Nothing is new but that they are asked for; then nothing at all.
        foreach ((string terms, bool isUnchanged, bool any) in ((string, bool, bool)[])
            [("plain", false, true), ("plain", true, true), ("none", false, false), ($"keyed:{secret}", false, true), ($"keyed:{secret}", true, true)])
        {
            CliResult result = await CliRun.WithAsync(["resolve", .. inputs, "--terms", terms]);
            using var json = JsonDocument.Parse(result.OutputLines[^1]);
            Assert.Equal((terms, isUnchanged), (terms, json.RootElement.GetProperty("unchanged").GetBoolean()));
            await using IdentityResolution.Sqlite.SqliteLookupStore store = IdentityResolution.Sqlite.SqliteLookupStore.Open(_folder["c.db"]);
            Assert.Equal(any, await store.ReadTermsAsync(TestContext.Current.CancellationToken).AnyAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task What_is_wrong_with_terms_is_told()
    {
        string[] inputs = await PeopleAsync();
        string store = $"sqlite:{_folder["c.db"]}";
        File.WriteAllText(_folder["short"], "123");
        foreach ((string[] arguments, string reason) in ((string[], string)[])
            [
                (["--lookup", store, "--terms", "hashed"], "--terms expects plain, keyed:FILE or none"),
                (["--lookup", store, "--terms", $"keyed:{_folder["short"]}"], "has less than 16 bytes"),
                (["--lookup", store, "--terms", $"keyed:{_folder["nowhere"]}"], "the file of the secret can't be read"),
                (["--terms", "plain"], "only a store in SQLite or PostgreSQL keeps them"),
                (["--lookup", $"csv:{_folder["c.csv"]}", "--terms", "plain"], "only a store in SQLite or PostgreSQL keeps them"),
            ])
        {
            CliResult result = await CliRun.WithAsync(["resolve", .. inputs, .. arguments]);
            Assert.NotEqual(0, result.ExitCode);
            Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Links_and_changes_are_written_as_csv()
    {
        CliResult result = await CliRun.WithAsync(["resolve", .. await PeopleAsync(), "--links", _folder["l.csv"], "--changes", _folder["h.csv"], "--json"]);
        using var json = JsonDocument.Parse(result.OutputLines[^1]);
        string[] links = File.ReadAllLines(_folder["l.csv"]);
        Assert.Equal("left_source,left_record_id,right_source,right_record_id,matched_by,match_probability,match_weight", links[0]);
        Assert.Equal(json.RootElement.GetProperty("links").GetInt32(), links.Length - 1);
        int created = File.ReadAllLines(_folder["h.csv"]).Count(line => line.StartsWith("created,", StringComparison.Ordinal));
        Assert.Equal(json.RootElement.GetProperty("created").GetInt32(), created);
    }

    [Fact]
    public async Task Rows_that_can_not_be_read_are_counted_shown_and_written()
    {
        string input = _folder.Write("a.csv", "id,first_name,last_name\n1,Ann,Lee\n2,Bo\n3,Cy,Fox\n1,Di,Fox\n4,Ed,Fox,more\n");
        CliResult result = await CliRun.WithAsync("resolve", input, "--quarantine", _folder["q.csv"], "--json");
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("3 rows could not be read and were left out:\n  FieldCount: 2\n    " + input + ":3: ", result.Error, StringComparison.Ordinal);
        Assert.Contains("\n  DuplicateRecordId: 1\n    " + input + ":5: ", result.Error, StringComparison.Ordinal);
        string[] quarantine = File.ReadAllLines(_folder["q.csv"]);
        Assert.Equal("input,line,column,reason,message", quarantine[0]);
        Assert.Equal(4, quarantine.Length);
        Assert.Contains("\"quarantined\":3", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_input_can_be_given_a_source_name_and_an_id_column()
    {
        string a = _folder.Write("a.csv", "no,first_name,email\n7,Ann,ann@x.example\n9,Cy,cy@x.example\n");
        string b = _folder.Write("b.csv", "number,first_name,email\n8,Ann,ann@x.example\n5,Di,di@x.example\n");
        CliResult result = await CliRun.WithAsync("resolve", $"crm={a}", b, "--id", "crm=no", "--id", "b=number");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(["b,5", "b,8", "crm,7", "crm,9"], result.OutputLines[1..].Select(line => string.Join(',', line.Split(',')[..2])));
    }

    [Fact]
    public async Task Standard_input_can_be_an_input()
    {
        CliResult result = await CliRun.WithAsync(["resolve", "-"], input: "id,first_name,last_name\n1,Ann,Lee\n2,Bo,Fox\n");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.StartsWith("stdin,1,", result.OutputLines[1], StringComparison.Ordinal);
        CliResult named = await CliRun.WithAsync(["resolve", "crm=-"], input: "{\"id\":1,\"first_name\":\"Ann\"}\n{\"id\":2,\"first_name\":\"Bo\"}\n");
        Assert.True(named.ExitCode == 0, named.Error);
        Assert.StartsWith("crm,1,", named.OutputLines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_delimiter_and_an_encoding_can_be_named()
    {
        File.WriteAllBytes(_folder["l.csv"], [.. "id#first_name#email\n1#Ren"u8, 0xE9, .. "#r@x.example\n2#Bo#b@x.example\n3#Bo#b@x.example\n"u8]);
        CliResult result = await CliRun.WithAsync("resolve", _folder["l.csv"], "--delimiter", "#", "--encoding", "windows-1252", "--json");
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains("\"quarantined\":0", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trained_model_gives_the_result_of_the_run_that_would_train_it()
    {
        string[] inputs = await PeopleAsync();
        CliResult trained = await CliRun.WithAsync(["train", .. inputs, "--output", _folder["model.json"]]);
        Assert.Equal((0, ""), (trained.ExitCode, trained.Output));
        CliResult byModel = await CliRun.WithAsync(["resolve", .. inputs, "--model", _folder["model.json"]]);
        CliResult automatic = await CliRun.WithAsync(["resolve", .. inputs]);
        Assert.Equal(automatic.Output, byModel.Output);
        Assert.DoesNotContain("Compare records", byModel.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_can_be_printed()
    {
        CliResult result = await CliRun.WithAsync(["train", .. await PeopleAsync(), "--output", "-"]);
        Assert.Contains("\"comparisons\"", IdentityModel.Parse(result.Output).ToJson(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Link_only_and_unique_sources_are_respected()
    {
        string[] inputs = await PeopleAsync();
        CliResult result = await CliRun.WithAsync(["resolve", .. inputs, "--link-only", "--unique", "crm", "shop", "support", "--links", _folder["l.csv"]]);
        Assert.True(result.ExitCode == 0, result.Error);
        string[][] links = [.. File.ReadAllLines(_folder["l.csv"]).Skip(1).Select(line => line.Split(','))];
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.NotEqual(link[0], link[2]));
        Assert.All(
            result.OutputLines.Skip(1).Select(line => line.Split(',')).GroupBy(row => (row[2], row[0])),
            recordsOfOneSource => Assert.Single(recordsOfOneSource));
    }

    [Fact]
    public async Task Cancelled_it_leaves_store_and_files_alone()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        string[] inputs = await PeopleAsync();
        string[] before = _folder.Names;
        CliResult result = await CliRun.WithAsync(
            ["resolve", .. inputs, "--lookup", $"sqlite:{_folder["c.db"]}", "--output", _folder["o.csv"]], cancellationToken: cancelled.Token);
        Assert.Equal((130, "", "idres: cancelled\n"), (result.ExitCode, result.Output, result.Error));
        Assert.Equal(before, _folder.Names);
    }

    private async Task<string[]> PeopleAsync()
    {
        CliResult made = await CliRun.WithAsync("generate", "--records", "120", "--seed", "11", "--split", "--output", _folder["people"]);
        Assert.Equal(0, made.ExitCode);
        return [.. ((string[])["crm.csv", "shop.csv", "support.ndjson"]).Select(name => Path.Combine(_folder["people"], name))];
    }
}
