using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>What shows that two records are of one person whatever else they say: an identifier and the birth date in common, under one given name.</summary>
/// <remarks>
/// People move, marry and change their telephones: surname, address and the like then differ between halves of one customer. A passport and a birth date
/// in common outlive that. The given name has to agree at least closely where both records have it, since twins may share a number of the family.
/// </remarks>
internal sealed class IdentityProof
{
    private readonly CompiledModel _compiled;
    private readonly int[] _identifiers;
    private readonly int[] _births;
    private readonly int[] _names;

    private IdentityProof(CompiledModel compiled, int[] identifiers, int[] births, int[] names) =>
        (_compiled, _identifiers, _births, _names) = (compiled, identifiers, births, names);

    /// <summary>How many comparisons there are.</summary>
    public int ComparisonCount => _compiled.Comparisons.Length;

    /// <summary>The proof that a model can give; null when it compares no identifiers or no birth dates.</summary>
    public static IdentityProof? Create(IdentityModel model, CompiledModel compiled)
    {
        int[] Of(params FieldKind[] kinds) => [.. Enumerable.Range(0, compiled.Comparisons.Length).Where(i => compiled.Comparisons[i].ExactLevel >= 0
            && model.Fields.Any(field => string.Equals(field.Name, model.Comparisons[i].Field, StringComparison.Ordinal) && kinds.Contains(field.Kind)))];
        int[] identifiers = Of(FieldKind.Identifier);
        int[] births = Of(FieldKind.BirthDate);
        return identifiers.Length == 0 || births.Length == 0 ? null : new IdentityProof(compiled, identifiers, births, Of(FieldKind.GivenName));
    }

    /// <summary>Do the levels of a pair prove it?</summary>
    public bool Holds(ReadOnlySpan<byte> levels)
    {
        bool contradicts = false;
        foreach (int name in _names)
        {
            contradicts |= levels[name] == _compiled.Comparisons[name].LevelCount - 1;
        }
        return !contradicts && AnyEqual(_identifiers, levels) && AnyEqual(_births, levels);
    }

    private bool AnyEqual(int[] comparisons, ReadOnlySpan<byte> levels)
    {
        foreach (int comparison in comparisons)
        {
            if (levels[comparison] == _compiled.Comparisons[comparison].ExactLevel)
            {
                return true;
            }
        }
        return false;
    }
}
