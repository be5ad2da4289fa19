using System.Globalization;
using IdentityResolution.Features;

namespace IdentityResolution.Interchange;

/// <summary>One or several features that are present and equal on both sides.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Traits">What it says about the column, shorter values included.</param>
internal sealed record SqlKey(SqlFeature Feature, SqlTraits Traits)
{
    /// <summary>Translates a condition that is one key.</summary>
    /// <param name="node">The SQL.</param>
    /// <param name="error">Why it is none.</param>
    public static SqlKey? Read(SqlNode node, out string error) => ReadAll(node, out error) switch
    {
        [var key] => key,
        { } => Fail("it looks at several columns or parts at once", out error),
        null => null,
    };

    /// <summary>Translates a condition that is made of keys, all of which must agree.</summary>
    /// <param name="node">The SQL.</param>
    /// <param name="error">Why it is not.</param>
    public static List<SqlKey>? ReadAll(SqlNode node, out string error)
    {
        var keys = new List<SqlKey>();
        var guards = new HashSet<string>(StringComparer.Ordinal);
        error = "";
        foreach (SqlNode part in node.Conjuncts)
        {
            // length(x) >= 3 stands before a prefix of three.
            if (part is { Name: ">=", Arguments: [{ Kind: SqlKind.Call, Name: "length" or "len", Arguments: [var measured] }, { Kind: SqlKind.Number } least] })
            {
                guards.Add($"{measured}>={least.Name}");
                continue;
            }
            if (!part.Is("=", 2))
            {
                error = part.Kind == SqlKind.Call ? $"'{part.Name}' is no equality" : "it is no equality";
                return null;
            }
            if (SqlFeature.Read(part.Arguments[0], out error) is not { } left || SqlFeature.Read(part.Arguments[1], out error) is not { } right)
            {
                return null;
            }
            if (!left.Mirrors(right))
            {
                error = "it compares two different columns, or one side with itself";
                return null;
            }
            SqlTraits traits = left.Traits.And(right.Traits);
            keys.Add(new SqlKey(left with { Traits = traits }, IsGuarded(part, left, guards) ? traits
                : traits.And(SqlTraits.Unlike($"values shorter than {Shortest(left)} characters do not agree with anything"))));
        }
        if (guards.Count > 0)
        {
            error = "a condition on the length of values has no counterpart";
            return null;
        }
        return keys;
    }

    // The guard of each prefix or suffix is taken away: what is left over has no counterpart.
    private static bool IsGuarded(SqlNode equality, SqlFeature feature, HashSet<string> guards)
    {
        int cuts = feature.Steps.Count(step => step.Transform is Transform.Prefix or Transform.Suffix);
        int guarded = 0;
        for (SqlNode node = equality.Arguments[0]; node is { Kind: SqlKind.Call, Arguments: [var inner, ..] }; node = inner)
        {
            foreach (TransformStep step in feature.Steps.Where(step => step.Argument > 0))
            {
                guarded += guards.Remove(string.Create(CultureInfo.InvariantCulture, $"{inner}>={step.Argument}")) ? 1 : 0;
            }
        }
        return guarded == cuts;
    }

    private static string Shortest(SqlFeature feature) => feature.Steps.Max(step => step.Argument).ToString(CultureInfo.InvariantCulture);

    private static SqlKey? Fail(string reason, out string error)
    {
        error = reason;
        return null;
    }
}
