using System.Globalization;
using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Training;

/// <summary>Proposes a model from the records alone: fields and comparisons first, then the rules that need the fields' contents.</summary>
internal static class AutomaticModel
{
    /// <summary>Fields, comparisons and swaps, by names and contents of the columns.</summary>
    /// <exception cref="InvalidRecordException">There are no records.</exception>
    /// <exception cref="InvalidModelException">No column tells who somebody is.</exception>
    public static IdentityModel Propose(RecordTable records, AutomaticModelOptions options, List<string> decisions, Workers? workers = null)
    {
        if (records.Count == 0)
        {
            string inputs = records.Segments.Count == 0 ? "no input" : string.Join(", ", records.Segments.Select(segment => segment.Input));
            throw new InvalidRecordException(inputs, 0, "there are no records, so no model can be inferred.");
        }
        List<Field> fields = FieldProposer.Propose(records, options, decisions, workers);
        if (fields.Count == 0)
        {
            string columns = string.Join(", ", records.Segments.SelectMany(segment => segment.Columns).Select(column => column.Name).Distinct(StringComparer.Ordinal));
            throw new InvalidModelException([new("", $"No column was found that tells who a record is about; columns are {columns}.")]);
        }
        Field[] compared = [.. fields.OrderBy(field => Rank(field.Kind)).Take(ModelValidator.MaxComparisons)];
        Field? generation = GenerationProposer.Propose(fields, records, decisions);
        return new IdentityModel
        {
            Fields = generation is null ? fields : [.. fields, generation],
            Comparisons = [.. fields.Where(compared.Contains).Select(field => ReadyComparisons.BySound(field.Name, field.Kind))],
            Swaps = Swaps(fields),
            LinkOnly = options.LinkOnly,
            DedupeOnly = options.DedupeOnly,
            UniqueSources = options.UniqueSources,
            MatchProbabilityThreshold = options.MatchProbabilityThreshold ?? DefaultThreshold,
        };
    }

    /// <summary>The model with blocking and match rules.</summary>
    /// <exception cref="InvalidModelException">No rule makes a pair.</exception>
    public static IdentityModel WithRules(IdentityModel model, FieldTable table, PairFilter filter, List<string> decisions, Workers? workers = null)
    {
        List<BlockingRule> blocking = BlockingProposer.Propose(model.Fields, table, filter, decisions, workers);
        List<MatchRule> matching = MatchRuleProposer.Propose(model.Fields, decisions);
        if (model.Fields.Any(field => string.Equals(field.Name, GenerationProposer.FieldName, StringComparison.Ordinal)))
        {
            matching.Insert(0, GenerationProposer.Rule());
        }
        return model with
        {
            BlockingRules = blocking,
            MatchRules = matching,
            // Without a block nothing can be compared: all records differ everywhere.
            Comparisons = blocking.Count == 0 ? [] : model.Comparisons,
            Swaps = blocking.Count == 0 ? [] : model.Swaps,
        };
    }

    /// <summary>The trained model with what only a trained model can tell or bear: which sources hold no customer twice, and broad blocks.</summary>
    public static IdentityModel WithGuards(
        IdentityModel trained, FieldTable table, PairFilter filter, AutomaticModelOptions options, Workers workers, List<string> decisions)
    {
        IReadOnlyList<string> unique = trained.UniqueSources;
        if (options.LinkOnly && unique.Count == 0 && trained.Comparisons.Count > 0 && table.Keys.Sources.Count > 1)
        {
            unique = DuplicateFreeSources.Find(trained, table, workers, decisions);
        }
        trained = BroadBlocking.Add(trained, table, filter, decisions);
        return trained with { UniqueSources = unique, MatchProbabilityThreshold = options.MatchProbabilityThreshold ?? DefaultThreshold };
    }

    // A false link joins whole clusters: it costs more than a missed one. Where candidates compete, training finds a threshold of its own.
    private const double DefaultThreshold = 0.9;

    private static FieldSwap[] Swaps(List<Field> fields)
    {
        Field? given = fields.Find(field => field.Kind == FieldKind.GivenName);
        Field? surname = fields.Find(field => field.Kind == FieldKind.Surname);
        return given is null || surname is null ? [] : [new FieldSwap(given.Name, surname.Name)];
    }

    // Which fields are compared when there are more than fit: those that tell most about a person.
    private static int Rank(FieldKind kind) => kind switch
    {
        FieldKind.Identifier or FieldKind.Email or FieldKind.Phone => 0,
        FieldKind.GivenName or FieldKind.Surname or FieldKind.FullName or FieldKind.BirthDate or FieldKind.Year => 1,
        FieldKind.OrganizationName or FieldKind.StreetAddress or FieldKind.PostalCode or FieldKind.Location => 2,
        FieldKind.City or FieldKind.MiddleName or FieldKind.HouseNumber or FieldKind.Sex => 3,
        FieldKind.Text or FieldKind.Region or FieldKind.Country => 4,
        _ => 5,
    };
}
