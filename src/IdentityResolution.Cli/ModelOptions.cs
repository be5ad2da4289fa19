using System.CommandLine;
using IdentityResolution.Interchange;

namespace IdentityResolution.Cli;

/// <summary>The options that resolve and train share: what the model is to respect, and how to run.</summary>
internal sealed class ModelOptions
{
    private readonly Option<bool> _linkOnly = CommandOptions.Switch("--link-only", "Link records of different sources only.");

    private readonly Option<bool> _dedupeOnly = CommandOptions.Switch("--dedupe-only", "Link records of one source only.");

    private readonly Option<string[]> _unique = CommandOptions.Texts("--unique", "SOURCE", "Sources that hold no customer twice.");

    private readonly Option<string[]> _ignore = CommandOptions.Texts(
        "--ignore", "COLUMN", "Columns that an inferred model leaves out, such as one that holds the answer.");

    private readonly Option<double?> _threshold = CommandOptions.Fraction(
        "--threshold",
        "P",
        "The lowest match probability that links two records, between 0 and 1. Default: the model's.",
        "a probability between 0 and 1",
        probability => probability is > 0 and < 1);

    private readonly Option<string?> _target = CommandOptions.TextThat(
        "--target",
        "TARGET",
        "Choose the threshold without labels, by what the model expects of the candidate pairs: f1, or precision=0.99. Takes the place of --threshold.",
        "f1 or precision=P with P between 0 and 1",
        text => ThresholdTarget.Parse(text) is not null);

    private readonly Option<long?> _threads = CommandOptions.Number(
        "--threads", "Most threads to use; the result does not depend on it. Default: one per processor.", 1, 1024);

    private readonly Option<string?> _memory = CommandOptions.TextThat(
        "--memory",
        "SIZE",
        "How much memory of its own the process may hold, such as 1GB; past it temporary files are used. The result does not depend on it. Default: no limit.",
        "a size of at least 128MiB such as 800MB, 1GB or 1.5GiB",
        text => MemorySize.Parse(text) >= 128 << 20);

    private readonly Option<string?> _temporaryFolder = CommandOptions.Text(
        "--temp-folder", "DIR", "Where --memory puts temporary files: on a disk with room for several times the input. Default: the system's folder.");

    private readonly Option<long?> _seed = CommandOptions.Number(
        "--seed", "Chooses the samples that training draws. Default 1.", 0, long.MaxValue);

    private readonly Option<long?> _maxQuarantined = CommandOptions.Number(
        "--max-quarantined", "Stop when more than N rows can't be read. Default: no limit.", 0, long.MaxValue);

    /// <summary>Adds the options to a verb.</summary>
    /// <param name="command">The verb.</param>
    /// <param name="bounded">Can the verb keep within a limit of memory?</param>
    public void AddTo(Command command, bool bounded = true)
    {
        Option[] memory = bounded ? [_memory, _temporaryFolder] : [];
        foreach (Option option in (Option[])[_linkOnly, _dedupeOnly, _unique, _ignore, _threshold, _target, _threads, .. memory, _seed, _maxQuarantined])
        {
            command.Add(option);
        }
    }

    /// <summary>How to run.</summary>
    public ResolverOptions Resolver(ParseResult parse, bool dryRun = false, double? scoredPairsFrom = null) => ResolverOptions.Default with
    {
        ScoredPairsFrom = scoredPairsFrom,
        Threads = (int)(parse.GetValue(_threads) ?? 0),
        MemoryLimit = parse.GetValue(_memory) is { } size ? MemorySize.Parse(size) : null,
        TemporaryFolder = parse.GetValue(_temporaryFolder),
        Seed = (ulong)(parse.GetValue(_seed) ?? 1),
        MaxQuarantinedRows = parse.GetValue(_maxQuarantined),
        DryRun = dryRun,
        Target = ThresholdTarget.Parse(parse.GetValue(_target)),
    };

    /// <summary>Reads the labels that <c>--labels</c> names; null when it names none.</summary>
    public static async Task<TrainingLabels?> ReadLabelsAsync(string[]? files, CancellationToken cancellationToken) =>
        files is { Length: > 0 } ? await LabelFile.ReadAsync(files, cancellationToken) : null;

    /// <summary>The option that names labels.</summary>
    public static Option<string[]> Labels() => CommandOptions.Texts(
        "--labels",
        "FILE",
        "What is known about who is who, for training to learn from: judged pairs (see --judgements) or true cluster ids (record_id, cluster_id). Decides about no pair.");

    /// <summary>What an inferred model is to respect.</summary>
    public AutomaticModelOptions Automatic(ParseResult parse) => AutomaticModelOptions.Default with
    {
        LinkOnly = parse.GetValue(_linkOnly),
        DedupeOnly = parse.GetValue(_dedupeOnly),
        UniqueSources = parse.GetValue(_unique) ?? [],
        IgnoredColumns = parse.GetValue(_ignore) ?? [],
        MatchProbabilityThreshold = parse.GetValue(_threshold),
    };

    /// <summary>A given model with what the command line says otherwise.</summary>
    public IdentityModel Apply(ParseResult parse, IdentityModel model) => model with
    {
        LinkOnly = model.LinkOnly || parse.GetValue(_linkOnly),
        DedupeOnly = model.DedupeOnly || parse.GetValue(_dedupeOnly),
        UniqueSources = [.. model.UniqueSources.Union(parse.GetValue(_unique) ?? [], StringComparer.Ordinal)],
        MatchProbabilityThreshold = parse.GetValue(_threshold) ?? model.MatchProbabilityThreshold,
    };

    /// <summary>Reads a model file; without one, the resolver infers its model.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="path">The model file; null = none.</param>
    /// <param name="options">How to run, as <see cref="Resolver"/> says; null = that.</param>
    /// <exception cref="CliException">There is no such file, or the model is invalid; the message holds every error.</exception>
    public IdentityResolver CreateResolver(ParseResult parse, string? path, ResolverOptions? options = null)
    {
        options ??= Resolver(parse);
        if (path is null)
        {
            return IdentityResolver.CreateAutomatic(Automatic(parse), options);
        }
        IdentityModel model = Read(path);
        try
        {
            return IdentityResolver.Create(Apply(parse, model), options);
        }
        catch (InvalidModelException exception)
        {
            throw new CliException($"{path}: {exception.Message}", exception);
        }
    }

    /// <summary>Reads a model file.</summary>
    /// <param name="path">The model file.</param>
    /// <exception cref="CliException">There is no such file, or the model is invalid; the message holds every error.</exception>
    public static IdentityModel Read(string path)
    {
        try
        {
            string json = File.ReadAllText(path);
            if (SplinkSettings.IsSplink(json))
            {
                throw new CliException($"--model: {path}: these are Splink settings; make a model of them first: idres convert {path} --output model.json");
            }
            return IdentityModel.Parse(json);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CliException($"--model: {path}: there is no such file", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new CliException($"--model: {path}: can't be read", exception);
        }
        catch (InvalidModelException exception)
        {
            throw new CliException($"{path}: {exception.Message}", exception);
        }
    }
}
