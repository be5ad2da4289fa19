namespace IdentityResolution.Interchange;

/// <summary>What a part of an SQL condition is.</summary>
internal enum SqlKind
{
    /// <summary>A column of the left record.</summary>
    Left,

    /// <summary>A column of the right record.</summary>
    Right,

    /// <summary>A column of neither side.</summary>
    Column,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A function or an operator with its arguments.</summary>
    Call,
}

/// <summary>A part of an SQL condition, without what does not matter: case of words, blanks, brackets, quotes.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Column, value, or function or operator in lower case.</param>
/// <param name="Arguments">Arguments of a call; <c>and</c> and <c>or</c> have two or more.</param>
internal sealed record SqlNode(SqlKind Kind, string Name, IReadOnlyList<SqlNode> Arguments)
{
    public SqlNode(SqlKind kind, string name)
        : this(kind, name, [])
    {
    }

    /// <summary>A call.</summary>
    public static SqlNode Call(string name, params IReadOnlyList<SqlNode> arguments) => new(SqlKind.Call, name, arguments);

    /// <summary>Is it a call of this function or operator with so many arguments?</summary>
    public bool Is(string name, int arguments) =>
        Kind == SqlKind.Call && Arguments.Count == arguments && string.Equals(Name, name, StringComparison.Ordinal);

    /// <summary>The parts that must all hold.</summary>
    public IReadOnlyList<SqlNode> Conjuncts => Kind == SqlKind.Call && string.Equals(Name, "and", StringComparison.Ordinal) ? Arguments : [this];

    /// <summary>The parts of which one must hold.</summary>
    public IReadOnlyList<SqlNode> Disjuncts => Kind == SqlKind.Call && string.Equals(Name, "or", StringComparison.Ordinal) ? Arguments : [this];

    /// <summary>The same text for conditions that are written the same way.</summary>
    public override string ToString() => Kind == SqlKind.Call ? $"{Name}({string.Join(',', Arguments)})" : $"{Kind}:{Name}";
}
