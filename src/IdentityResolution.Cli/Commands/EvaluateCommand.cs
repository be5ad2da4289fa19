using System.CommandLine;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres evaluate</c>: a lookup table against the truth.</summary>
internal sealed class EvaluateCommand(CliConsole console)
{
    private readonly Argument<string> _lookup = new("LOOKUP.csv")
    {
        Description = "The lookup table that resolve wrote (source, record_id, customer_id), or any CSV with a record id and a cluster.",
    };

    private readonly Option<string[]> _truth = CommandOptions.Texts(
        "--truth", "FILE", "Who the records really are: CSV with record_id and entity_id (or true_id), and source if ids repeat. Several files are read as one.");

    private readonly Option<string?> _truthId = CommandOptions.Text(
        "--truth-id", "COLUMN", "The column of the record ids in the truth. Default: by its name.");

    private readonly Option<string?> _truthCluster = CommandOptions.Text(
        "--truth-cluster", "COLUMN", "The column of the true ids in the truth. Default: by its name.");

    private readonly Option<string?> _truthSource = CommandOptions.Text(
        "--truth-source", "COLUMN", "The column of the sources in the truth. Default: by its name.");

    private readonly Option<string?> _pairs = CommandOptions.Text(
        "--truth-pairs",
        "FILE",
        "Labelled pairs in place of --truth: CSV with record_id_l, record_id_r and match (1 or 0). Only these pairs count; " +
        "without a match column the list is taken as all matches there are.");

    private readonly Option<bool> _pairsComplete = CommandOptions.Switch(
        "--pairs-complete", "The labelled pairs hold all matches of their left records: any other partner found for one of these is false.");

    private readonly Option<bool> _acrossSources = CommandOptions.Switch(
        "--across-sources", "Count only pairs of records from two sources.");

    private readonly Option<bool> _json = CommandOptions.Switch(
        "--json", "Print the figures as one line of JSON, as the last line of standard output.");

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand(
            "evaluate",
            "Compares a lookup table with the truth: pairwise and B-cubed precision, recall and F1, and how many customers are exact, merged or split.")
        {
            Examples =
            [
                ("idres evaluate customers.csv --truth truth.csv", "How good is it?"),
                ("idres evaluate customers.csv --truth answers.csv --truth-id id --truth-cluster person --across-sources --json", "Link sets, other column names"),
                ("idres evaluate customers.csv --truth-pairs labels.csv --across-sources", "Against pairs that people have judged"),
            ],
        };
        command.Add(_lookup);
        foreach (Option option in (Option[])[_truth, _truthId, _truthCluster, _truthSource, _pairs, _pairsComplete, _acrossSources, _json])
        {
            command.Add(option);
        }
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        string[] truth = parse.GetValue(_truth) ?? [];
        string? pairs = parse.GetValue(_pairs);
        if (truth.Length == 0 == pairs is null)
        {
            throw new CliException("evaluate needs either --truth or --truth-pairs");
        }
        if (pairs is null && parse.GetValue(_pairsComplete))
        {
            throw new CliException("--pairs-complete goes with --truth-pairs");
        }
        if (pairs is not null && (parse.GetValue(_truthId) ?? parse.GetValue(_truthCluster) ?? parse.GetValue(_truthSource)) is not null)
        {
            throw new CliException("--truth-id, --truth-cluster and --truth-source go with --truth");
        }
        var options = new EvaluationOptions { AcrossSources = parse.GetValue(_acrossSources) };
        ClusterFile lookup = await ClusterFile.ReadAsync([parse.GetRequiredValue(_lookup)], null, cancellationToken);
        try
        {
            if (pairs is null)
            {
                await AgainstClustersAsync(parse, lookup, truth, options, cancellationToken);
            }
            else
            {
                await AgainstPairsAsync(parse, lookup, pairs, options, cancellationToken);
            }
        }
        catch (ArgumentException exception)
        {
            // The evaluators say what contradicts what; the name of their parameter is of no use here.
            throw new CliException(exception.Message.Split(" (Parameter", StringSplitOptions.None)[0], exception);
        }
        return ExitCode.Success;
    }

    private async Task AgainstClustersAsync(
        ParseResult parse, ClusterFile lookup, string[] files, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var columns = new ClusterColumns
        {
            RecordId = parse.GetValue(_truthId),
            Cluster = parse.GetValue(_truthCluster),
            Source = parse.GetValue(_truthSource),
        };
        ClusterFile truth = await ClusterFile.ReadAsync(files, columns, cancellationToken);
        KeyAlignment alignment = Align(lookup, truth.HasSources, truth.Members.Select(member => member.Record.Source));
        Report(parse, ClusterEvaluator.Evaluate(lookup.Members, alignment.Map(truth.Members), options));
    }

    private async Task AgainstPairsAsync(
        ParseResult parse, ClusterFile lookup, string file, EvaluationOptions options, CancellationToken cancellationToken)
    {
        PairFile pairs = await PairFile.ReadAsync(file, cancellationToken);
        KeyAlignment alignment = Align(lookup, pairs.HasSources, pairs.Pairs.SelectMany(pair => (string[])[pair.Left.Source, pair.Right.Source]));
        IEnumerable<LabelledPair> labels = alignment.Map(pairs.Pairs);
        if (pairs.HasLabels || parse.GetValue(_pairsComplete))
        {
            PairScope scope = parse.GetValue(_pairsComplete) ? PairScope.LeftRecords : PairScope.LabelledPairs;
            Report(parse, PairEvaluator.Evaluate(lookup.Members, labels, scope, options), scope);
            return;
        }
        console.Error.WriteLine($"{file} has no column that says what is a match: all its pairs are taken as matches, and all other pairs as none.");
        IReadOnlyList<ClusterMember> truth = MatchClosure.Close(lookup.Members.Select(member => member.Record), labels);
        Report(parse, ClusterEvaluator.Evaluate(lookup.Members, truth, options));
    }

    private KeyAlignment Align(ClusterFile lookup, bool truthHasSources, IEnumerable<string> truthSources)
    {
        var alignment = KeyAlignment.Create(lookup, truthHasSources, truthSources);
        if (alignment.IsByIdAlone && truthHasSources && lookup.HasSources)
        {
            console.Error.WriteLine("The truth names none of the sources of the lookup table: records are recognized by their ids alone.");
        }
        return alignment;
    }

    private void Report(ParseResult parse, EvaluationResult result)
    {
        CheckCoverage(result.Coverage);
        if (result.Coverage.OnlyPredicted > 0)
        {
            console.Error.WriteLine(
                $"{result.Coverage.OnlyPredicted} records of the lookup table are not in the truth: nothing is known of them, they are left out.");
        }
        if (parse.GetValue(_json))
        {
            JsonLine.Write(console.Text, json => EvaluationJson.Write(json, result));
            return;
        }
        EvaluationText.Write(console.Text, result);
    }

    private void Report(ParseResult parse, PairEvaluationResult result, PairScope scope)
    {
        CheckCoverage(result.Coverage);
        if (parse.GetValue(_json))
        {
            JsonLine.Write(console.Text, json => EvaluationJson.Write(json, result, scope));
            return;
        }
        EvaluationText.Write(console.Text, result, scope);
    }

    private void CheckCoverage(CoverageCounts coverage)
    {
        if (coverage.Evaluated == 0)
        {
            throw new CliException("the truth and the lookup table have no record in common: do the record ids and sources agree?");
        }
        if (coverage.OnlyInTruth > 0)
        {
            console.Error.WriteLine($"{coverage.OnlyInTruth} records of the truth are not in the lookup table: each counts as found alone.");
        }
    }
}
