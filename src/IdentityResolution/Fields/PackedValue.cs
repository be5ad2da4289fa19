using System.Buffers;

namespace IdentityResolution.Fields;

/// <summary>One of several values that stand in one text, as in <c>SSN 123-45-6789; DL 4711</c> or <c>["a","b"]</c>.</summary>
/// <param name="Label">What an identifier is called there, in small letters; null = nothing.</param>
/// <param name="Text">The value.</param>
internal readonly record struct PackedValue(string? Label, string Text)
{
    private static readonly char[] Around = [' ', '\t', '"', '\'', '[', ']', '{', '}', '(', ')'];
    private static readonly SearchValues<char> LabelEnds = SearchValues.Create(" :=#\"'");

    /// <summary>Splits a text as a field says; a field without separators has it whole.</summary>
    public static IEnumerable<PackedValue> Split(string text, Field field)
    {
        if (field.Separators.Count == 0)
        {
            yield return new PackedValue(null, text);
            yield break;
        }
        foreach (string piece in text.Split([.. field.Separators], StringSplitOptions.RemoveEmptyEntries))
        {
            string value = piece.Trim(Around);
            if (value.Length > 0)
            {
                yield return field.Kind == FieldKind.Identifier ? Parse(value) : new PackedValue(null, value);
            }
        }
    }

    /// <summary>Takes the label from before an identifier: letters up to a blank, a colon or the like, with a digit somewhere behind.</summary>
    public static PackedValue Parse(string value)
    {
        int digit = value.AsSpan().IndexOfAnyInRange('0', '9');
        int end = digit < 0 ? -1 : value.AsSpan(0, digit).LastIndexOfAny(LabelEnds);
        if (end <= 0)
        {
            return new PackedValue(null, value);
        }
        string label = new([.. value[..end].Where(char.IsAsciiLetter).Select(char.ToLowerInvariant)]);
        string rest = value[(end + 1)..].Trim(Around);
        return label.Length == 0 || value[..end].Any(char.IsAsciiDigit) ? new PackedValue(null, value) : new PackedValue(label, rest);
    }
}
