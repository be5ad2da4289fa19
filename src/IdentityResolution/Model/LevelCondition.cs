using System.Globalization;
using IdentityResolution.Features;

namespace IdentityResolution;

/// <summary>How a level's condition judges two values.</summary>
internal enum LevelFunction
{
    /// <summary>Holds always: the last level.</summary>
    Else,

    /// <summary>The values are equal.</summary>
    Exact,

    /// <summary>A transform of the values is equal and present.</summary>
    Same,

    /// <summary>One value is a nickname or variant of the other.</summary>
    Nickname,

    /// <summary>One value is the other's initial.</summary>
    Initial,

    /// <summary>All words of the value with fewer words stand in the other.</summary>
    Contained,

    /// <summary>Two dates differ only in that day and month are exchanged.</summary>
    DayMonthSwapped,

    /// <summary>E-mail addresses of one local part whose domains differ by a slip.</summary>
    DomainTypo,

    /// <summary>Two of year, month and day are equal.</summary>
    TwoPartsEqual,

    /// <summary>Jaro similarity.</summary>
    Jaro,

    /// <summary>Jaro-Winkler similarity.</summary>
    JaroWinkler,

    /// <summary>1 - Levenshtein distance / longer length.</summary>
    LevenshteinRatio,

    /// <summary>Jaccard similarity of the sets of character pairs.</summary>
    Bigrams,

    /// <summary>Soft Jaccard similarity of the words.</summary>
    Words,

    /// <summary>Cosine similarity of the character triples, rare ones weighing more.</summary>
    Grams,

    /// <summary>Similarity of whole names of people.</summary>
    Names,

    /// <summary>Similarity of names of organisations.</summary>
    Organizations,

    /// <summary>Levenshtein distance.</summary>
    Levenshtein,

    /// <summary>Optimal string alignment distance: edits and exchanges of neighbours.</summary>
    Osa,

    /// <summary>Days between two dates.</summary>
    Days,

    /// <summary>Absolute difference of two numbers.</summary>
    Difference,

    /// <summary>Absolute difference in percent of the larger number.</summary>
    Percent,

    /// <summary>Kilometres between two places.</summary>
    Kilometres,

    /// <summary>How many values two records have in common.</summary>
    Common,

    /// <summary>Which share of the values of both records they have in common.</summary>
    CommonShare,

    /// <summary>One record's value is the other's value of another field.</summary>
    EqualsField,

    /// <summary>Both records' values are each other's values of another field.</summary>
    SwappedWith,

    /// <summary>One record's value stands within the other's value of another field.</summary>
    Within,

    /// <summary>Several tests, or a test of another field: see <see cref="LevelCondition.Expression"/>.</summary>
    Combined,
}

/// <summary>The parsed condition of a comparison level.</summary>
/// <param name="Function">How the values are judged.</param>
/// <param name="Limit">Lowest similarity or largest distance that holds; 0 for conditions without a number.</param>
/// <param name="Step">The transform of <see cref="LevelFunction.Same"/>.</param>
internal sealed record LevelCondition(LevelFunction Function, double Limit, TransformStep Step)
{
    private static readonly (string Name, LevelFunction Function)[] Plain =
    [
        ("else", LevelFunction.Else), ("exact", LevelFunction.Exact), ("nickname", LevelFunction.Nickname), ("initial", LevelFunction.Initial),
        ("contained", LevelFunction.Contained), ("day_month_swapped", LevelFunction.DayMonthSwapped), ("two_parts_equal", LevelFunction.TwoPartsEqual),
        ("domain_typo", LevelFunction.DomainTypo),
    ];

    private static readonly (string Name, LevelFunction Function)[] Similarities =
    [
        ("jaro", LevelFunction.Jaro), ("jaro_winkler", LevelFunction.JaroWinkler), ("levenshtein_ratio", LevelFunction.LevenshteinRatio),
        ("bigrams", LevelFunction.Bigrams), ("words", LevelFunction.Words), ("grams", LevelFunction.Grams), ("names", LevelFunction.Names),
        ("organizations", LevelFunction.Organizations), ("common_share", LevelFunction.CommonShare),
    ];

    private static readonly (string Name, LevelFunction Function)[] Distances =
    [
        ("levenshtein", LevelFunction.Levenshtein), ("osa", LevelFunction.Osa), ("days", LevelFunction.Days),
        ("difference", LevelFunction.Difference), ("percent", LevelFunction.Percent), ("kilometres", LevelFunction.Kilometres),
    ];

    private static readonly (string Name, LevelFunction Function)[] AcrossFields =
    [
        ("equals", LevelFunction.EqualsField), ("swapped with", LevelFunction.SwappedWith), ("within", LevelFunction.Within),
    ];

    /// <summary>The other field of <see cref="LevelFunction.EqualsField"/>, <see cref="LevelFunction.SwappedWith"/> and <see cref="LevelFunction.Within"/>.</summary>
    public string? Other { get; init; }

    /// <summary>The tests of <see cref="LevelFunction.Combined"/>; null for others.</summary>
    public LevelExpression? Expression { get; init; }

    /// <summary>The tests: those of the expression, or the condition itself.</summary>
    public IEnumerable<LevelCondition> Tests => Expression?.Tests.Select(test => test.Test) ?? [this];

    /// <summary>Reads a condition; on failure <paramref name="error"/> says what is wrong and what is known.</summary>
    public static LevelCondition? Parse(string text, out string error) => LevelConditionParser.Parse(text, out error);

    /// <summary>The condition as it is written.</summary>
    public override string ToString() => Expression?.ToString() ?? Function switch
    {
        LevelFunction.Same => $"same {Step}",
        LevelFunction.Common => string.Create(CultureInfo.InvariantCulture, $"common >= {Limit}"),
        _ when Other is not null => $"{NameIn(AcrossFields)} {Other}",
        _ when NameIn(Similarities) is { } similarity => string.Create(CultureInfo.InvariantCulture, $"{similarity} >= {Limit}"),
        _ when NameIn(Distances) is { } distance => string.Create(CultureInfo.InvariantCulture, $"{distance} <= {Limit}"),
        _ => NameIn(Plain)!,
    };

    /// <summary>Reads a test: a condition of one field, without brackets and without <c>and</c> and <c>or</c>.</summary>
    public static LevelCondition? ParseTest(string[] words, out string error)
    {
        error = "";
        string text = string.Join(' ', words);
        if (words is [.. var across, var other] && Find(AcrossFields, string.Join(' ', across)) is { } lookup)
        {
            return new LevelCondition(lookup, 0, default) { Other = other };
        }
        if (words is ["common", ">=", var count])
        {
            if (int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int least) && least >= 1)
            {
                return new LevelCondition(LevelFunction.Common, least, default);
            }
            error = $"'{count}' must be a whole number of at least 1.";
            return null;
        }
        if (words is ["same", var transform])
        {
            TransformStep? step = TransformStep.Parse(transform, out error);
            if (step is { Transform: Transform.Words })
            {
                error = "'same words' is no condition: use 'contained' or 'words >= S'.";
                return null;
            }
            return step is null ? null : new LevelCondition(LevelFunction.Same, 0, step.Value);
        }
        if (words is [var name])
        {
            return Find(Plain, name) is { } plain ? new LevelCondition(plain, 0, default) : Unknown(text, out error);
        }
        if (words is not [var function, var comparer, var number])
        {
            return Unknown(text, out error);
        }
        LevelFunction? similarity = Find(Similarities, function);
        LevelFunction? distance = Find(Distances, function);
        if (similarity is null && distance is null)
        {
            return Unknown(text, out error);
        }
        string expected = similarity is null ? "<=" : ">=";
        if (!string.Equals(comparer, expected, StringComparison.Ordinal))
        {
            error = $"'{function}' is compared with '{expected}', as in '{function} {expected} {(similarity is null ? "2" : "0.9")}'.";
            return null;
        }
        if (!double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double limit) || !(limit >= 0) || (similarity is not null && limit > 1))
        {
            error = similarity is null ? $"'{number}' must be a number of at least 0." : $"'{number}' must be a number in [0, 1].";
            return null;
        }
        return new LevelCondition(similarity ?? distance!.Value, limit, default);
    }

    private string? NameIn((string Name, LevelFunction Function)[] known)
    {
        foreach ((string name, LevelFunction function) in known)
        {
            if (function == Function)
            {
                return name;
            }
        }
        return null;
    }

    private static LevelFunction? Find((string Name, LevelFunction Function)[] known, string name)
    {
        foreach ((string candidate, LevelFunction function) in known)
        {
            if (string.Equals(candidate, name, StringComparison.Ordinal))
            {
                return function;
            }
        }
        return null;
    }

    private static LevelCondition? Unknown(string text, out string error)
    {
        error = $"'{text}' is no condition; known are {string.Join(", ", Plain.Select(item => item.Name))}, same TRANSFORM, "
            + $"{string.Join(", ", Similarities.Select(item => $"{item.Name} >= S"))}, {string.Join(", ", Distances.Select(item => $"{item.Name} <= D"))}, "
            + $"common >= N, {string.Join(", ", AcrossFields.Select(item => $"{item.Name} FIELD"))}; joined by 'and' and 'or', with brackets, 'FIELD: ' before a test of another field.";
        return null;
    }
}
