using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>The two halves of a clerical review: drawing the pairs, and what the judgements say.</summary>
internal sealed class SampleReport(CliConsole console, EvaluateOptions options)
{
    /// <summary>Recognizes the records of scored pairs or samples, and makes sure that there are any.</summary>
    /// <exception cref="CliException">The lookup table holds none of them.</exception>
    public static KeyAlignment AlignScored(ClusterFile lookup, ScoredPairFile file, string path)
    {
        var alignment = KeyAlignment.Create(lookup, file.HasSources, file.Pairs.SelectMany(pair => (string[])[pair.Left.Source, pair.Right.Source]));
        var known = lookup.Members.Select(member => member.Record).ToHashSet();
        return file.Pairs.Any(pair => known.Contains(alignment.Map(pair.Left)) && known.Contains(alignment.Map(pair.Right)))
            ? alignment
            : throw new CliException($"{path}: the lookup table has none of these records: do the record ids and sources agree?");
    }

    /// <summary>Draws a sample and writes it.</summary>
    public async Task DrawAsync(ParseResult parse, ClusterFile lookup, CancellationToken cancellationToken)
    {
        string path = parse.GetValue(options.ScoredPairs)!;
        string? output = parse.GetValue(options.Output);
        await using OutputFile? file = output is null or "-" ? null : OutputFile.Open("--output", output);
        ScoredPairFile scored = await ScoredPairFile.ReadAsync(path, cancellationToken);
        KeyAlignment alignment = AlignScored(lookup, scored, path);
        RecordValues? values = await options.Records.ReadAsync(parse, lookup.HasSources, cancellationToken);
        var clusterOf = lookup.Members.ToDictionary(member => member.Record, member => member.Cluster);
        IReadOnlyList<SampledPair> sample = ClericalSampler.Draw(
            scored.Pairs.Select(pair => pair with { Left = alignment.Map(pair.Left), Right = alignment.Map(pair.Right) }),
            (int)parse.GetValue(options.Sample)!.Value,
            SampleOptions.Default with { Seed = (ulong)(parse.GetValue(options.Seed) ?? 1) });
        if (values is not null && !sample.Any(drawn => values.Contains(drawn.Pair.Left)))
        {
            throw new CliException("--records: none of the records drawn is in these files: do the record ids and sources agree?");
        }
        // Neither weight nor decision stands there, and the order tells nothing: whoever judges should not be led by what the machine thinks.
        await CsvWriter.WriteAsync(
            file?.Stream ?? console.Output,
            "match,left_source,left_record_id,right_source,right_record_id,stratum,stratum_pairs,sampling_weight" + PairValues.Header(values),
            sample.Select(drawn => (string?[])
            [
                null, drawn.Pair.Left.Source, drawn.Pair.Left.Id, drawn.Pair.Right.Source, drawn.Pair.Right.Id,
                drawn.Stratum.ToString(CultureInfo.InvariantCulture), drawn.StratumPairs.ToString(CultureInfo.InvariantCulture),
                drawn.SamplingWeight.ToString("0.######", CultureInfo.InvariantCulture), .. PairValues.Of(values, drawn.Pair.Left, drawn.Pair.Right),
            ]));
        if (file is not null)
        {
            await file.CompleteAsync();
        }
        int joined = sample.Count(drawn => clusterOf.TryGetValue(drawn.Pair.Left, out string? left)
            && clusterOf.TryGetValue(drawn.Pair.Right, out string? right)
            && string.Equals(left, right, StringComparison.Ordinal));
        console.Error.WriteLine(
            $"{sample.Count} pairs of {sample.Select(drawn => drawn.Stratum).Distinct().Count()} strata, {joined} of them joined in the lookup table. " +
            "Fill in the column match (1 or 0, empty when in doubt) and give the file back with --labels.");
    }

    /// <summary>Estimates precision and recall from a labelled sample.</summary>
    public async Task EvaluateAsync(ParseResult parse, ClusterFile lookup, string path, CancellationToken cancellationToken)
    {
        SampleFile file = await SampleFile.ReadAsync(path, cancellationToken);
        var alignment = KeyAlignment.Create(lookup, file.HasSources, file.Labels.SelectMany(label => (string[])[label.Left.Source, label.Right.Source]));
        double confidence = parse.GetValue(options.Confidence) ?? 0.95;
        SampleEvaluationResult result = SampleEvaluator.Evaluate(
            lookup.Members,
            file.Labels.Select(label => label with { Left = alignment.Map(label.Left), Right = alignment.Map(label.Right) }),
            confidence);
        if (result.Coverage.Evaluated == 0)
        {
            throw new CliException($"{path}: the lookup table has none of these records: do the record ids and sources agree?");
        }
        if (result.Coverage.OnlyInTruth > 0)
        {
            console.Error.WriteLine($"{result.Coverage.OnlyInTruth} records of the sample are not in the lookup table: each counts as found alone.");
        }
        if (parse.GetValue(options.Json))
        {
            JsonLine.Write(console.Text, json => Write(json, result, confidence));
            return;
        }
        TextTable.Write(
            console.Text,
            [
                ["estimated over the scored pairs", "value", "from", "to"],
                Row("precision", result.Precision),
                Row("recall", result.Recall),
                ["F1", Share(result.F1)],
            ]);
        console.Text.Write("\n");
        TextTable.Write(
            console.Text,
            [
                ["confidence of the intervals", confidence.ToString(CultureInfo.InvariantCulture)],
                ["pairs decided", result.Labels.ToString("N0", CultureInfo.InvariantCulture)],
                ["pairs not decided", result.Undecided.ToString("N0", CultureInfo.InvariantCulture)],
                ["scored pairs that they stand for", result.ScoredPairs.ToString("N0", CultureInfo.InvariantCulture)],
            ]);
    }

    private static void Write(Utf8JsonWriter json, SampleEvaluationResult result, double confidence)
    {
        json.WriteStartObject("estimated");
        Write(json, "precision", result.Precision);
        Write(json, "recall", result.Recall);
        json.WriteNumber("f1", result.F1);
        json.WriteNumber("confidence", confidence);
        json.WriteEndObject();
        json.WriteStartObject("pairs");
        json.WriteNumber("decided", result.Labels);
        json.WriteNumber("undecided", result.Undecided);
        json.WriteNumber("scored", result.ScoredPairs);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Estimate estimate)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", estimate.Value);
        json.WriteNumber("low", estimate.Low);
        json.WriteNumber("high", estimate.High);
        json.WriteEndObject();
    }

    private static string[] Row(string name, Estimate estimate) => [name, Share(estimate.Value), Share(estimate.Low), Share(estimate.High)];

    private static string Share(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
