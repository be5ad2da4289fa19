using System.Globalization;

namespace IdentityResolution.Standardization.Text;

/// <summary>What a step of a field's standardization does to the raw text.</summary>
internal enum TextStepKind
{
    /// <summary>Every occurrence of a text goes.</summary>
    Remove,

    /// <summary>Every occurrence of a text becomes another.</summary>
    Replace,

    /// <summary>What stands before the first occurrence of a text; all when there is none.</summary>
    Before,

    /// <summary>What stands after the first occurrence of a text; all when there is none.</summary>
    After,

    /// <summary>What stands in round, square, angle or curly brackets goes.</summary>
    NoBrackets,

    /// <summary>Digits go.</summary>
    NoDigits,

    /// <summary>What is neither letter, mark, digit nor blank becomes a blank.</summary>
    NoPunctuation,

    /// <summary>Digits alone stay.</summary>
    Digits,

    /// <summary>Letters and their marks alone stay, and blanks.</summary>
    Letters,

    /// <summary>Zeros in front go, except before nothing else.</summary>
    NoLeadingZeros,

    /// <summary>Zeros are put in front until the text has so many characters.</summary>
    PadZeros,
}

/// <summary>One step over raw text, written <c>name</c> or <c>name:argument</c>.</summary>
/// <remarks>Texts are found without regard to case. No step is a pattern, so none can run away.</remarks>
/// <param name="Kind">What it does.</param>
/// <param name="Text">The text it looks for; empty when it looks for none.</param>
/// <param name="Replacement">What takes the place of <paramref name="Text"/>.</param>
/// <param name="Count">The number of <see cref="TextStepKind.PadZeros"/>.</param>
internal sealed record TextStep(TextStepKind Kind, string Text, string Replacement, int Count)
{
    private const int MaxTextLength = 100;
    private const int MaxPadding = 50;

    private static readonly (string Name, TextStepKind Kind)[] Plain =
    [
        ("no_brackets", TextStepKind.NoBrackets), ("no_digits", TextStepKind.NoDigits), ("no_punctuation", TextStepKind.NoPunctuation),
        ("digits", TextStepKind.Digits), ("letters", TextStepKind.Letters), ("no_leading_zeros", TextStepKind.NoLeadingZeros),
    ];

    private static readonly (string Name, TextStepKind Kind)[] WithText =
        [("remove", TextStepKind.Remove), ("replace", TextStepKind.Replace), ("before", TextStepKind.Before), ("after", TextStepKind.After)];

    /// <summary>Reads a step; on failure <paramref name="error"/> says what is wrong and what is known.</summary>
    public static TextStep? Parse(string step, out string error)
    {
        error = "";
        int colon = step.IndexOf(':', StringComparison.Ordinal);
        string name = colon < 0 ? step : step[..colon];
        string argument = colon < 0 ? "" : step[(colon + 1)..];
        foreach ((string known, TextStepKind kind) in Plain)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                error = colon < 0 ? "" : $"'{name}' takes no argument.";
                return colon < 0 ? new TextStep(kind, "", "", 0) : null;
            }
        }
        foreach ((string known, TextStepKind kind) in WithText)
        {
            if (string.Equals(known, name, StringComparison.Ordinal))
            {
                return ParseText(kind, name, argument, out error);
            }
        }
        if (name != "pad_zeros")
        {
            error = $"'{name}' is no step; known are {string.Join(", ", WithText.Select(known => known.Name + ":TEXT"))}, "
                + $"{string.Join(", ", Plain.Select(known => known.Name))}, pad_zeros:N.";
            return null;
        }
        if (int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is >= 1 and <= MaxPadding)
        {
            return new TextStep(TextStepKind.PadZeros, "", "", count);
        }
        error = $"'{name}' takes a number from 1 to {MaxPadding}, as in '{name}:9'.";
        return null;
    }

    /// <summary>What steps make of a text, one after the other.</summary>
    public static ReadOnlySpan<char> ApplyAll(IReadOnlyList<string> steps, ReadOnlySpan<char> text)
    {
        foreach (string step in steps)
        {
            TextStep parsed = Parse(step, out string error) ?? throw new ArgumentException(error, nameof(steps));
            var written = new char[checked((int)parsed.MaxLength(text.Length))];
            text = written.AsSpan(0, parsed.Apply(text, written));
        }
        return text;
    }

    /// <summary>The most characters that a text of this length can become.</summary>
    public long MaxLength(long length) => Kind switch
    {
        TextStepKind.Replace when Replacement.Length > Text.Length => (length / Text.Length * Replacement.Length) + (length % Text.Length),
        TextStepKind.PadZeros => Math.Max(length, Count),
        _ => length,
    };

    /// <summary>Writes what the step makes of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="destination">At least <see cref="MaxLength"/> characters; another memory than the text's.</param>
    /// <returns>How many characters were written.</returns>
    public int Apply(ReadOnlySpan<char> text, Span<char> destination)
    {
        switch (Kind)
        {
            case TextStepKind.Remove or TextStepKind.Replace:
                return ReplaceAll(text, destination);
            case TextStepKind.Before:
                return Copy(text.IndexOf(Text, StringComparison.OrdinalIgnoreCase) is var start and >= 0 ? text[..start] : text, destination);
            case TextStepKind.After:
                return Copy(text.IndexOf(Text, StringComparison.OrdinalIgnoreCase) is var at and >= 0 ? text[(at + Text.Length)..] : text, destination);
            case TextStepKind.NoBrackets:
                return DropBrackets(text, destination);
            case TextStepKind.NoLeadingZeros:
                text = text.Trim();
                ReadOnlySpan<char> rest = text.TrimStart('0');
                return Copy(rest.IsEmpty && !text.IsEmpty ? "0" : rest, destination);
            case TextStepKind.PadZeros:
                text = text.Trim();
                int missing = text.IsEmpty ? 0 : Math.Max(0, Count - text.Length);
                destination[..missing].Fill('0');
                return missing + Copy(text, destination[missing..]);
            default:
                return Filter(text, destination);
        }
    }

    private static TextStep? ParseText(TextStepKind kind, string name, string argument, out string error)
    {
        int arrow = kind == TextStepKind.Replace ? argument.IndexOf("=>", StringComparison.Ordinal) : argument.Length;
        string text = arrow < 0 ? "" : argument[..arrow];
        string replacement = kind == TextStepKind.Replace && arrow >= 0 ? argument[(arrow + 2)..] : "";
        bool fits = text.Length is >= 1 and <= MaxTextLength && replacement.Length <= MaxTextLength;
        error = fits ? "" : $"'{name}' takes a text of 1 to {MaxTextLength} characters, as in '{(kind == TextStepKind.Replace ? "replace:&=> and " : name + ":ext.")}'.";
        return fits ? new TextStep(kind, text, replacement, 0) : null;
    }

    private static int Copy(ReadOnlySpan<char> text, Span<char> destination)
    {
        text.CopyTo(destination);
        return text.Length;
    }

    private int ReplaceAll(ReadOnlySpan<char> text, Span<char> destination)
    {
        int length = 0;
        while (true)
        {
            int start = text.IndexOf(Text, StringComparison.OrdinalIgnoreCase);
            if (start < 0)
            {
                return length + Copy(text, destination[length..]);
            }
            length += Copy(text[..start], destination[length..]);
            length += Copy(Replacement, destination[length..]);
            text = text[(start + Text.Length)..];
        }
    }

    // A bracket that is not closed is left as it is.
    private static int DropBrackets(ReadOnlySpan<char> text, Span<char> destination)
    {
        int length = 0;
        while (true)
        {
            int open = text.IndexOfAny("([{<");
            char closing = open < 0 ? '\0' : text[open] switch { '(' => ')', '[' => ']', '{' => '}', _ => '>' };
            int close = open < 0 ? -1 : text[open..].IndexOf(closing);
            if (open < 0)
            {
                return length + Copy(text, destination[length..]);
            }
            length += Copy(text[..(close < 0 ? open + 1 : open)], destination[length..]);
            if (close > 0)
            {
                destination[length++] = ' ';
            }
            text = text[(close < 0 ? open + 1 : open + close + 1)..];
        }
    }

    private int Filter(ReadOnlySpan<char> text, Span<char> destination)
    {
        int length = 0;
        foreach (char c in text)
        {
            bool digit = char.IsDigit(c);
            bool letter = char.IsLetter(c) || char.IsSurrogate(c) || c == '\u200D' || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
            bool kept = Kind switch
            {
                TextStepKind.Digits => digit,
                TextStepKind.NoDigits => !digit,
                TextStepKind.Letters => letter || c == ' ',
                _ => letter || digit || c == ' ',
            };
            if (kept)
            {
                destination[length++] = c;
            }
            else if (Kind == TextStepKind.NoPunctuation)
            {
                destination[length++] = ' ';
            }
        }
        return length;
    }
}
