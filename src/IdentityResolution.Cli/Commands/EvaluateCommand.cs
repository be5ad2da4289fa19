using System.CommandLine;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary><c>idres evaluate</c>: a lookup table against the truth.</summary>
internal sealed class EvaluateCommand(CliConsole console)
{
    private readonly EvaluateOptions _options = new();

    /// <summary>Makes the verb.</summary>
    public CliCommand Build()
    {
        var command = new CliCommand(
            "evaluate",
            "Compares a lookup table with the truth: pairwise and B-cubed precision, recall and F1, and how many customers are exact, merged or split. " +
            "With scored pairs also every threshold. Without a truth it draws pairs for a person to judge, and estimates the figures from them.")
        {
            Examples =
            [
                ("idres evaluate customers.csv --truth truth.csv", "How good is it?"),
                ("idres evaluate customers.csv --truth answers.csv --truth-id id --truth-cluster person --across-sources --json", "Link sets, other column names"),
                ("idres evaluate customers.csv --truth-pairs labels.csv --across-sources", "Against pairs that people have judged"),
                ("idres evaluate customers.csv --truth-pairs labels.csv --review review.csv", "Match, possible match or none: what became of each"),
                ("idres evaluate customers.csv --truth truth.csv --scored-pairs scored.csv --curve curve.csv", "Every threshold"),
                ("idres evaluate customers.csv --truth truth.csv --errors errors.csv --records crm.csv shop.csv", "Which pairs are wrong, with their values"),
                ("idres evaluate customers.csv --scored-pairs scored.csv --sample 200 --records crm.csv shop.csv > sample.csv", "Pairs for a person to judge"),
                ("idres evaluate customers.csv --labels sample.csv", "What the judgements say of all pairs"),
            ],
        };
        _options.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        _options.Check(parse);
        ClusterFile lookup = await ClusterFile.ReadAsync([parse.GetRequiredValue(_options.Lookup)], null, cancellationToken);
        try
        {
            if (parse.GetValue(_options.Sample) is not null)
            {
                await new SampleReport(console, _options).DrawAsync(parse, lookup, cancellationToken);
            }
            else if (parse.GetValue(_options.Labels) is { } labels)
            {
                await new SampleReport(console, _options).EvaluateAsync(parse, lookup, labels, cancellationToken);
            }
            else if (parse.GetValue(_options.Pairs) is { } pairs)
            {
                await AgainstPairsAsync(parse, lookup, pairs, cancellationToken);
            }
            else
            {
                await AgainstClustersAsync(parse, lookup, cancellationToken);
            }
        }
        catch (ArgumentException exception)
        {
            // The evaluators say what contradicts what; the name of their parameter is of no use here.
            throw new CliException(exception.Message.Split(" (Parameter", StringSplitOptions.None)[0], exception);
        }
        return ExitCode.Success;
    }

    private async Task AgainstClustersAsync(ParseResult parse, ClusterFile lookup, CancellationToken cancellationToken)
    {
        var columns = new ClusterColumns
        {
            RecordId = parse.GetValue(_options.TruthId),
            Cluster = parse.GetValue(_options.TruthCluster),
            Source = parse.GetValue(_options.TruthSource),
        };
        await using OutputFile? curve = OutputFile.Open("--curve", parse.GetValue(_options.Curve));
        await using OutputFile? errors = OutputFile.Open("--errors", parse.GetValue(_options.Errors));
        ClusterFile file = await ClusterFile.ReadAsync(parse.GetValue(_options.Truth)!, columns, cancellationToken);
        KeyAlignment alignment = Align(lookup, file.HasSources, file.Members.Select(member => member.Record.Source));
        IReadOnlyList<ClusterMember> truth = [.. alignment.Map(file.Members)];
        EvaluationOptions counting = _options.Counting(parse);
        EvaluationResult result = ClusterEvaluator.Evaluate(lookup.Members, truth, counting);
        CheckCoverage(result.Coverage);

        ThresholdSweep? sweep = null;
        if (parse.GetValue(_options.ScoredPairs) is { } scored)
        {
            sweep = ThresholdSweep.Run(await ReadScoredAsync(lookup, scored, cancellationToken), truth, counting);
            if (curve is not null)
            {
                bool isJson = parse.GetValue(_options.Curve)!.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
                await CurveFile.WriteAsync(curve.Stream, sweep, isJson);
                await curve.CompleteAsync();
            }
        }
        if (errors is not null)
        {
            RecordValues? values = await _options.Records.ReadAsync(parse, lookup.HasSources, cancellationToken);
            long limit = parse.GetValue(_options.MaxErrors) ?? ErrorFile.StandardLimit;
            await ErrorFile.WriteAsync(errors.Stream, ConfusionList.Pairs(lookup.Members, truth, counting), limit, values, console.Error);
            await errors.CompleteAsync();
        }
        Report(parse, result, sweep);
    }

    private async Task AgainstPairsAsync(ParseResult parse, ClusterFile lookup, string file, CancellationToken cancellationToken)
    {
        PairFile pairs = await PairFile.ReadAsync(file, cancellationToken);
        KeyAlignment alignment = Align(lookup, pairs.HasSources, pairs.Pairs.SelectMany(pair => (string[])[pair.Left.Source, pair.Right.Source]));
        IEnumerable<LabelledPair> labels = alignment.Map(pairs.Pairs);
        EvaluationOptions counting = _options.Counting(parse);
        if (parse.GetValue(_options.Review) is not null && !pairs.HasLabels)
        {
            throw new CliException("--review needs labelled pairs with a column that says what is a match");
        }
        if (pairs.HasLabels || parse.GetValue(_options.PairsComplete))
        {
            PairScope scope = parse.GetValue(_options.PairsComplete) ? PairScope.LeftRecords : PairScope.LabelledPairs;
            DecisionTable? decisions = await DecisionTable.CreateAsync(lookup, pairs, alignment, parse.GetValue(_options.Review), cancellationToken);
            if (decisions is not null && scope == PairScope.LeftRecords)
            {
                throw new CliException("--pairs-complete goes with pairs that are a match or none, and not with --review");
            }
            Report(parse, PairEvaluator.Evaluate(lookup.Members, labels, scope, counting), scope, decisions);
            return;
        }
        console.Error.WriteLine($"{file} has no column that says what is a match: all its pairs are taken as matches, and all other pairs as none.");
        IReadOnlyList<ClusterMember> truth = MatchClosure.Close(lookup.Members.Select(member => member.Record), labels);
        EvaluationResult result = ClusterEvaluator.Evaluate(lookup.Members, truth, counting);
        CheckCoverage(result.Coverage);
        Report(parse, result, sweep: null);
    }

    private static async Task<IEnumerable<ScoredPair>> ReadScoredAsync(ClusterFile lookup, string path, CancellationToken cancellationToken)
    {
        ScoredPairFile file = await ScoredPairFile.ReadAsync(path, cancellationToken);
        KeyAlignment alignment = SampleReport.AlignScored(lookup, file, path);
        return file.Pairs.Select(pair => pair with { Left = alignment.Map(pair.Left), Right = alignment.Map(pair.Right) });
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

    private void Report(ParseResult parse, EvaluationResult result, ThresholdSweep? sweep)
    {
        if (result.Coverage.OnlyPredicted > 0)
        {
            console.Error.WriteLine(
                $"{result.Coverage.OnlyPredicted} records of the lookup table are not in the truth: nothing is known of them, they are left out.");
        }
        if (parse.GetValue(_options.Json))
        {
            JsonLine.Write(console.Text, json =>
            {
                EvaluationJson.Write(json, result);
                if (sweep is not null)
                {
                    SweepReport.Write(json, sweep);
                }
            });
            return;
        }
        EvaluationText.Write(console.Text, result);
        if (sweep is not null)
        {
            SweepReport.Write(console.Text, sweep);
        }
    }

    private void Report(ParseResult parse, PairEvaluationResult result, PairScope scope, DecisionTable? decisions)
    {
        CheckCoverage(result.Coverage);
        if (parse.GetValue(_options.Json))
        {
            JsonLine.Write(console.Text, json =>
            {
                EvaluationJson.Write(json, result, scope);
                decisions?.Write(json);
            });
            return;
        }
        EvaluationText.Write(console.Text, result, scope);
        decisions?.Write(console.Text);
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
