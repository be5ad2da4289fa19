using System.Globalization;

namespace IdentityResolution.Features;

/// <summary>What rules look at: a field, or what transforms make of it, written <c>surname</c>, <c>surname.soundex</c>, <c>email.local.prefix:4</c>.</summary>
/// <param name="Field">The field's name.</param>
/// <param name="Steps">The transforms, applied from left to right; empty = the standardized value itself.</param>
internal sealed record FeatureExpression(string Field, IReadOnlyList<TransformStep> Steps)
{
    /// <summary>Does a value have several keys of this feature: one per word, or one per band?</summary>
    public bool IsSplit => Steps.Count > 0 && Steps[0].Transform is Transform.Words or Transform.MinHash;

    /// <summary>Reads an expression; on failure <paramref name="error"/> says what is wrong.</summary>
    public static FeatureExpression? Parse(string text, out string error)
    {
        string[] parts = text.Split('.');
        var steps = new List<TransformStep>();
        foreach (string part in parts.Skip(1))
        {
            if (TransformStep.Parse(part, out error) is not { } step)
            {
                return null;
            }
            if (step.Transform == Transform.Words && steps.Count > 0)
            {
                error = "'words' must be the first transform, as in 'name.words.metaphone'.";
                return null;
            }
            if (steps.Exists(earlier => earlier.Transform == Transform.MinHash) || (step.Transform == Transform.MinHash && steps.Count > 0))
            {
                error = "'minhash' must stand alone, as in 'description.minhash:3'.";
                return null;
            }
            steps.Add(step);
        }
        error = parts[0].Length == 0 ? "names no field." : "";
        return error.Length == 0 ? new FeatureExpression(parts[0], steps) : null;
    }

    /// <summary>The expression as it is written.</summary>
    public override string ToString() => string.Join('.', Steps.Select(step => step.ToString()).Prepend(Field));
}

/// <summary>One transform of a feature expression.</summary>
/// <param name="Transform">What it does.</param>
/// <param name="Argument">Its number, as in <c>prefix:4</c>; 0 when it takes none.</param>
internal readonly record struct TransformStep(Transform Transform, int Argument)
{
    private const int MaxLength = 100;

    public static TransformStep? Parse(string text, out string error)
    {
        error = "";
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? text : text[..colon];
        if (!TransformNames.TryParse(name, out Transform transform))
        {
            error = $"'{name}' is no transform; known are {TransformNames.All}.";
            return null;
        }
        bool takesNumber = transform is Transform.Prefix or Transform.Suffix or Transform.MinHash;
        if (!takesNumber)
        {
            error = colon < 0 ? "" : $"'{name}' takes no number.";
            return colon < 0 ? new TransformStep(transform, 0) : null;
        }
        int most = transform == Transform.MinHash ? MinHash.MaxRows : MaxLength;
        if (colon < 0 || !int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int argument) || argument < 1 || argument > most)
        {
            error = string.Create(CultureInfo.InvariantCulture, $"'{name}' takes a number from 1 to {most}, as in '{name}:4'.");
            return null;
        }
        return new TransformStep(transform, argument);
    }

    public override string ToString() => Argument == 0 ? TransformNames.ToText(Transform) : $"{TransformNames.ToText(Transform)}:{Argument}";
}
