namespace IdentityResolution;

/// <summary>How the parts of a condition are joined.</summary>
internal enum LevelJoin
{
    /// <summary>One test.</summary>
    Test,

    /// <summary>All parts must hold.</summary>
    All,

    /// <summary>One part at least must hold.</summary>
    Any,
}

/// <summary>A condition made of several tests, or a test of another field than the comparison's own.</summary>
/// <remarks>Parts are never joined as their whole is, and there are at least two: a condition has one form.</remarks>
internal sealed class LevelExpression : IEquatable<LevelExpression>
{
    private readonly LevelCondition? _test;

    private LevelExpression(LevelJoin join, LevelExpression[] parts, LevelCondition? test, string? field)
    {
        Join = join;
        Parts = parts;
        _test = test;
        Field = field;
    }

    /// <summary>How the parts are joined.</summary>
    public LevelJoin Join { get; }

    /// <summary>The parts; none of a test.</summary>
    public LevelExpression[] Parts { get; }

    /// <summary>The test; joined parts have none.</summary>
    public LevelCondition Test => _test ?? throw new InvalidOperationException("Joined parts are no test.");

    /// <summary>The field that the test looks at; null = the comparison's own.</summary>
    public string? Field { get; }

    /// <summary>All tests, from left to right.</summary>
    public IEnumerable<LevelExpression> Tests => Join == LevelJoin.Test ? [this] : Parts.SelectMany(part => part.Tests);

    /// <summary>The fields that are named, from left to right.</summary>
    public IEnumerable<string> Fields => Tests.SelectMany(test => new[] { test.Field, test.Test.Other }).OfType<string>();

    /// <summary>One test.</summary>
    public static LevelExpression Of(LevelCondition test, string? field) => new(LevelJoin.Test, [], test, field);

    /// <summary>Several parts; one part is itself, and parts joined the same way give theirs.</summary>
    public static LevelExpression Of(LevelJoin join, IReadOnlyList<LevelExpression> parts) => parts is [var only]
        ? only
        : new(join, [.. parts.SelectMany(part => part.Join == join ? part.Parts : [part])], null, null);

    /// <summary>The condition as it is written: <c>and</c> binds closer than <c>or</c>.</summary>
    public override string ToString() => Join switch
    {
        LevelJoin.Test => Field is null ? Test.ToString() : $"{Field}: {Test}",
        LevelJoin.All => string.Join(" and ", Parts.Select(part => part.Join == LevelJoin.Any ? $"({part})" : part.ToString())),
        _ => string.Join(" or ", Parts.AsEnumerable()),
    };

    public bool Equals(LevelExpression? other) => other is not null && Join == other.Join && _test == other._test
        && string.Equals(Field, other.Field, StringComparison.Ordinal) && Parts.SequenceEqual(other.Parts);

    public override bool Equals(object? obj) => Equals(obj as LevelExpression);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(ToString());
}
