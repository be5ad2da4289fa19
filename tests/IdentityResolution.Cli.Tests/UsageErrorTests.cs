namespace IdentityResolution.Cli.Tests;

public sealed class UsageErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "required command was not provided (see 'idres --help')")]
    [InlineData("resovle a.csv", "unrecognized command or argument 'resovle' (see 'idres --help')")]
    [InlineData("resolve", "required argument missing for command: 'resolve' (see 'idres resolve --help')")]
    [InlineData("resolve --no-such-option a.csv", "unrecognized option '--no-such-option' (see 'idres resolve --help')")]
    [InlineData("resolve a.csv --treshold 0.9", "unrecognized option '--treshold' (see 'idres resolve --help')")]
    [InlineData("train a.csv --output m.json --lookup x", "unrecognized option '--lookup' (see 'idres train --help')")]
    [InlineData("evaluate a.csv --no-such-option", "unrecognized command or argument '--no-such-option' (see 'idres evaluate --help')")]
    [InlineData("generate --no-such-option", "unrecognized command or argument '--no-such-option' (see 'idres generate --help')")]
    [InlineData("resolve a.csv --threshold 1.5", "--threshold expects a probability between 0 and 1, not '1.5' (see 'idres resolve --help')")]
    [InlineData("resolve a.csv --threshold 1", "--threshold expects a probability between 0 and 1, not '1' (see 'idres resolve --help')")]
    [InlineData("resolve a.csv --threads 0", "--threads expects a whole number from 1 to 1024, not '0' (see 'idres resolve --help')")]
    [InlineData("resolve a.csv --seed -1", "--seed expects a whole number of at least 0, not '-1' (see 'idres resolve --help')")]
    [InlineData("resolve a.csv --max-quarantined many", "--max-quarantined expects a whole number of at least 0, not 'many' (see 'idres resolve --help')")]
    [InlineData("train a.csv", "option '--output' is required (see 'idres train --help')")]
    [InlineData("generate --output x.csv", "option '--records' is required (see 'idres generate --help')")]
    [InlineData("generate --records 10", "option '--output' is required (see 'idres generate --help')")]
    [InlineData("generate --records 0 --output x.csv", "--records expects a whole number from 1 to 1000000000, not '0' (see 'idres generate --help')")]
    [InlineData("generate --records 10 --sources 9 --output x.csv", "--sources expects a whole number from 1 to 6, not '9' (see 'idres generate --help')")]
    [InlineData("generate --records 10 --noise 4 --output x.csv", "--noise expects a number from 0 to 3, not '4' (see 'idres generate --help')")]
    [InlineData("evaluate a.csv", "evaluate needs one of --truth, --truth-pairs, --labels and --sample")]
    [InlineData("evaluate a.csv --truth t.csv --truth-pairs p.csv", "evaluate needs one of --truth, --truth-pairs, --labels and --sample")]
    [InlineData("evaluate a.csv --truth t.csv --pairs-complete", "--pairs-complete goes with --truth-pairs")]
    [InlineData("evaluate a.csv --truth-pairs t.csv --truth-id x", "--truth-id, --truth-cluster and --truth-source go with --truth")]
    [InlineData("evaluate a.csv --labels l.csv --sample 5", "evaluate needs one of --truth, --truth-pairs, --labels and --sample")]
    [InlineData("evaluate a.csv --sample 5", "--sample needs --scored-pairs")]
    [InlineData("evaluate a.csv --sample 0 --scored-pairs s.csv", "--sample expects a whole number from 1 to 1000000, not '0' (see 'idres evaluate --help')")]
    [InlineData("evaluate a.csv --truth-pairs p.csv --scored-pairs s.csv", "--scored-pairs goes with --truth or --sample")]
    [InlineData("evaluate a.csv --truth t.csv --curve c.csv", "--curve needs --truth and --scored-pairs")]
    [InlineData("evaluate a.csv --truth-pairs p.csv --errors e.csv", "--errors goes with --truth")]
    [InlineData("evaluate a.csv --truth t.csv --max-errors 5", "--max-errors goes with --errors")]
    [InlineData("evaluate a.csv --truth t.csv --output o.csv", "--output and --seed go with --sample")]
    [InlineData("evaluate a.csv --truth t.csv --seed 3", "--output and --seed go with --sample")]
    [InlineData("evaluate a.csv --truth t.csv --confidence 0.9", "--confidence goes with --labels")]
    [InlineData("evaluate a.csv --labels l.csv --confidence 1", "--confidence expects a number between 0 and 1, not '1' (see 'idres evaluate --help')")]
    [InlineData("evaluate a.csv --labels l.csv --across-sources", "--across-sources goes with --truth or --truth-pairs")]
    [InlineData("evaluate a.csv --sample 5 --scored-pairs s.csv --json", "--json does not go with --sample")]
    [InlineData("evaluate a.csv --truth t.csv --records r.csv", "--records goes with --errors or --sample")]
    [InlineData("evaluate a.csv --truth t.csv --errors e.csv --records-id x", "--records-id and --records-source go with --records")]
    [InlineData("evaluate a.csv --truth t.csv --errors t.csv", "--errors: 't.csv' is also an input")]
    [InlineData("evaluate a.csv --truth t.csv --scored-pairs s.csv --errors x.csv --curve x.csv", "--errors: 'x.csv' is also --curve")]
    [InlineData("resolve a.csv --scored-from 0.5", "--scored-from goes with --scored-pairs")]
    [InlineData("resolve a.csv --scored-pairs s.csv --scored-from 1", "--scored-from expects a probability from 0 to below 1, not '1' (see 'idres resolve --help')")]
    [InlineData("resolve a.csv --source x --source-column y", "--source and --source-column exclude each other")]
    public async Task A_wrong_command_line_is_one_clear_line_and_exit_code_2(string commandLine, string expected)
    {
        CliResult result = await CliRun.WithAsync(commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal((2, "", $"idres: {expected}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("postgres:", "--lookup: a connection string is missing; use postgres://USER@HOST/DATABASE or postgres:Host=...;Database=...;Username=...")]
    [InlineData(
        "postgres:Database=crm;Password=hidden",
        "--lookup: the connection string is not valid: it names no host; use postgres://USER@HOST/DATABASE or postgres:Host=...;Database=...;Username=...")]
    [InlineData(
        "postgresql://app:hidden@db/crm?hidden=1",
        "--lookup: the connection string is not valid: a parameter behind the question mark is not known; " +
        "use postgres://USER@HOST/DATABASE or postgres:Host=...;Database=...;Username=...")]
    [InlineData(
        "Host=db;Password=start;hidden=rest",
        "--lookup: the connection string is not valid: a keyword is not known, or its value is not valid; " +
        "use postgres://USER@HOST/DATABASE or postgres:Host=...;Database=...;Username=...")]
    [InlineData("mysql://app:hidden@db/crm", "--lookup expects sqlite:FILE, csv:FILE, postgres://USER@HOST/DATABASE or memory")]
    [InlineData("Database=crm;Password=hidden", "--lookup expects sqlite:FILE, csv:FILE, postgres://USER@HOST/DATABASE or memory")]
    [InlineData("customers.db", "--lookup expects sqlite:FILE, csv:FILE, postgres://USER@HOST/DATABASE or memory; did you mean 'sqlite:customers.db'?")]
    [InlineData("customers.csv", "--lookup expects sqlite:FILE, csv:FILE, postgres://USER@HOST/DATABASE or memory; did you mean 'csv:customers.csv'?")]
    [InlineData("sqlite:", "--lookup: a file is missing after 'sqlite:'")]
    public async Task A_store_that_can_not_be_used_is_told(string store, string expected)
    {
        CliResult result = await CliRun.WithAsync("resolve", _folder.Write("a.csv", "id,name\n1,Ann\n"), "--lookup", store);
        Assert.Equal((2, "", $"idres: {expected}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Theory]
    [InlineData("--delimiter", "ab", "--delimiter expects one ASCII character or 'tab', not 'ab'")]
    [InlineData("--encoding", "klingon", "--encoding: no encoding is called 'klingon'; try utf-8, utf-16, iso-8859-1 or windows-1252")]
    [InlineData("--source", "", "--source, --source-column and --id expect a name that is not empty")]
    [InlineData("--id", "a=", "--source, --source-column and --id expect a name that is not empty")]
    [InlineData("--id", "shop=id", "--id: no input has the source 'shop'; the sources are: a")]
    public async Task An_input_option_that_can_not_be_used_is_told(string option, string value, string expected)
    {
        CliResult result = await CliRun.WithAsync("resolve", _folder.Write("a.csv", "id,name\n1,Ann\n"), option, value);
        Assert.Equal((2, "", $"idres: {expected}\n"), (result.ExitCode, result.Output, result.Error));
    }

    [Fact]
    public async Task A_stack_trace_is_printed_only_when_asked_for()
    {
        CliResult quiet = await CliRun.WithAsync("resolve", "missing.csv");
        Assert.Equal("idres: missing.csv: there is no such file\n", quiet.Error);
        CliResult verbose = await CliRun.WithAsync("resolve", "missing.csv", "--verbose");
        Assert.Equal(2, verbose.ExitCode);
        Assert.Contains("   at IdentityResolution.Cli.", verbose.Error, StringComparison.Ordinal);
    }
}
