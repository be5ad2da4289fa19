using System.CommandLine;
using IdentityResolution.Evaluation;

namespace IdentityResolution.Cli.Commands;

/// <summary>The options of evaluate, and which of them go together.</summary>
internal sealed class EvaluateOptions
{
    /// <summary>The lookup table.</summary>
    public Argument<string> Lookup { get; } = new("LOOKUP.csv")
    {
        Description = "The lookup table that resolve wrote (source, record_id, customer_id), or any CSV with a record id and a cluster.",
    };

    /// <summary>True people.</summary>
    public Option<string[]> Truth { get; } = CommandOptions.Texts(
        "--truth", "FILE", "Who the records really are: CSV with record_id and entity_id (or true_id), and source if ids repeat. Several files are read as one.");

    /// <summary>Labelled pairs.</summary>
    public Option<string?> Pairs { get; } = CommandOptions.Text(
        "--truth-pairs",
        "FILE",
        "Labelled pairs in place of --truth: CSV with record_id_l, record_id_r and match (1 or 0; possible_match = can't be told). Only these pairs count; " +
        "without a match column the list is taken as all matches there are.");

    /// <summary>The review queue.</summary>
    public Option<string?> Review { get; } = CommandOptions.Text(
        "--review", "FILE", "The review queue that resolve --review wrote, as CSV: how many of the labelled pairs a person is asked about.");

    /// <summary>Do the labelled pairs hold all matches of their left records?</summary>
    public Option<bool> PairsComplete { get; } = CommandOptions.Switch(
        "--pairs-complete", "The labelled pairs hold all matches of their left records: any other partner found for one of these is false.");

    /// <summary>A labelled sample.</summary>
    public Option<string?> Labels { get; } = CommandOptions.Text(
        "--labels", "FILE", "A sample that --sample wrote, with its column match filled in: precision and recall are estimated, with intervals.");

    /// <summary>The size of a sample to draw.</summary>
    public Option<long?> Sample { get; } = CommandOptions.Number(
        "--sample", "Draw N of the --scored-pairs for a person to judge, as many from every stratum of match weight.", 1, 1_000_000);

    /// <summary>Pairs within a source don't count.</summary>
    public Option<bool> AcrossSources { get; } = CommandOptions.Switch("--across-sources", "Count only pairs of records from two sources.");

    /// <summary>Scored pairs.</summary>
    public Option<string?> ScoredPairs { get; } = CommandOptions.Text(
        "--scored-pairs",
        "FILE",
        "The candidate pairs that resolve --scored-pairs wrote. With the truth every threshold is tried; with --sample it is what is drawn from.");

    /// <summary>Where the curve goes.</summary>
    public Option<string?> Curve { get; } = CommandOptions.Text(
        "--curve", "FILE", "Write precision, recall and false positive rate at every threshold: CSV, or JSON when FILE ends in .json.");

    /// <summary>Where the wrong pairs go.</summary>
    public Option<string?> Errors { get; } = CommandOptions.Text("--errors", "FILE", "Write the pairs wrongly joined and the pairs missed as CSV.");

    /// <summary>How many wrong pairs are written.</summary>
    public Option<long?> MaxErrors { get; } = CommandOptions.Number(
        "--max-errors", "The most pairs of either kind in --errors. Default 10000.", 1, long.MaxValue);

    /// <summary>Where the sample goes.</summary>
    public Option<string?> Output { get; } = CommandOptions.Text("--output", "FILE", "Where --sample is written, as CSV. Default: standard output.");

    /// <summary>Chooses the sample.</summary>
    public Option<long?> Seed { get; } = CommandOptions.Number("--seed", "Chooses the pairs of --sample. Default 1.", 0, long.MaxValue);

    /// <summary>How wide intervals are.</summary>
    public Option<double?> Confidence { get; } = CommandOptions.Fraction(
        "--confidence", "P", "How sure the intervals of --labels are to hold the true value. Default 0.95.", "a number between 0 and 1", p => p is > 0 and < 1);

    /// <summary>Where the values of the records are.</summary>
    public RecordsOption Records { get; } = new();

    /// <summary>Names columns of the truth.</summary>
    public Option<string?> TruthId { get; } = CommandOptions.Text("--truth-id", "COLUMN", "The column of the record ids in the truth. Default: by its name.");

    /// <summary>Names columns of the truth.</summary>
    public Option<string?> TruthCluster { get; } = CommandOptions.Text(
        "--truth-cluster", "COLUMN", "The column of the true ids in the truth. Default: by its name.");

    /// <summary>Names columns of the truth.</summary>
    public Option<string?> TruthSource { get; } = CommandOptions.Text(
        "--truth-source", "COLUMN", "The column of the sources in the truth. Default: by its name.");

    /// <summary>One line of JSON.</summary>
    public Option<bool> Json { get; } = CommandOptions.Switch("--json", "Print the figures as one line of JSON, as the last line of standard output.");

    /// <summary>Adds argument and options to the verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(Lookup);
        Option[] options =
        [
            Truth, TruthId, TruthCluster, TruthSource, Pairs, PairsComplete, Review, AcrossSources, ScoredPairs, Curve, Errors, MaxErrors,
            Sample, Output, Seed, Labels, Confidence, .. Records.All, Json,
        ];
        foreach (Option option in options)
        {
            command.Add(option);
        }
    }

    /// <summary>Refuses what does not go together.</summary>
    /// <exception cref="CliException">Options contradict or miss each other.</exception>
    public void Check(ParseResult parse)
    {
        bool truth = parse.GetValue(Truth) is { Length: > 0 };
        bool pairs = parse.GetValue(Pairs) is not null;
        bool labels = parse.GetValue(Labels) is not null;
        bool sample = parse.GetValue(Sample) is not null;
        bool scored = parse.GetValue(ScoredPairs) is not null;
        if (new[] { truth, pairs, labels, sample }.Count(given => given) != 1)
        {
            throw new CliException("evaluate needs one of --truth, --truth-pairs, --labels and --sample");
        }
        Demand(!parse.GetValue(PairsComplete) || pairs, "--pairs-complete goes with --truth-pairs");
        Demand(parse.GetValue(Review) is null || pairs, "--review goes with --truth-pairs");
        bool names = (parse.GetValue(TruthId) ?? parse.GetValue(TruthCluster) ?? parse.GetValue(TruthSource)) is not null;
        Demand(!names || truth, "--truth-id, --truth-cluster and --truth-source go with --truth");
        Demand(!sample || scored, "--sample needs --scored-pairs");
        Demand(!scored || truth || sample, "--scored-pairs goes with --truth or --sample");
        Demand(parse.GetValue(Curve) is null || (truth && scored), "--curve needs --truth and --scored-pairs");
        Demand(parse.GetValue(Errors) is null || truth, "--errors goes with --truth");
        Demand(parse.GetValue(MaxErrors) is null || parse.GetValue(Errors) is not null, "--max-errors goes with --errors");
        Demand((parse.GetValue(Output) is null && parse.GetValue(Seed) is null) || sample, "--output and --seed go with --sample");
        Demand(parse.GetValue(Confidence) is null || labels, "--confidence goes with --labels");
        Demand(!parse.GetValue(AcrossSources) || truth || pairs, "--across-sources goes with --truth or --truth-pairs");
        Demand(!parse.GetValue(Json) || !sample, "--json does not go with --sample");
        Records.Check(parse, sample || parse.GetValue(Errors) is not null);
        RefuseToOverwrite(parse);
    }

    /// <summary>What an evaluation counts.</summary>
    public EvaluationOptions Counting(ParseResult parse) => new() { AcrossSources = parse.GetValue(AcrossSources) };

    private void RefuseToOverwrite(ParseResult parse)
    {
        var taken = new Dictionary<string, string>(StringComparer.Ordinal);
        string?[] inputs =
        [
            parse.GetRequiredValue(Lookup), parse.GetValue(Pairs), parse.GetValue(Labels), parse.GetValue(ScoredPairs), parse.GetValue(Review),
            .. parse.GetValue(Truth) ?? [], .. Records.Paths(parse),
        ];
        foreach (string input in inputs.OfType<string>().Where(path => path.Length > 0))
        {
            taken[Path.GetFullPath(input)] = "an input";
        }
        foreach (Option<string?> option in (Option<string?>[])[Curve, Errors, Output])
        {
            bool isFile = parse.GetValue(option) is { Length: > 0 } path && path != "-" && !path.StartsWith("/dev/", StringComparison.Ordinal);
            if (isFile && !taken.TryAdd(Path.GetFullPath(parse.GetValue(option)!), option.Name))
            {
                throw new CliException($"{option.Name}: '{parse.GetValue(option)}' is also {taken[Path.GetFullPath(parse.GetValue(option)!)]}");
            }
        }
    }

    private static void Demand(bool isMet, string message)
    {
        if (!isMet)
        {
            throw new CliException(message);
        }
    }
}
