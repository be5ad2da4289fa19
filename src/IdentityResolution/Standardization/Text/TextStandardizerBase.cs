using System.Buffers;
using System.Runtime.CompilerServices;

namespace IdentityResolution.Standardization.Text;

/// <summary>The frame of all standardizers over folded text: fold, let the kind write its form, drop placeholders.</summary>
internal abstract class TextStandardizerBase(Placeholders placeholders, StandardizationOptions options) : IStandardizer
{
    /// <summary>Characters that a form may gain beyond the expansion of its text: the fixed words that some kinds add.</summary>
    protected const int Slack = 32;

    private const int StackLength = 256;

    /// <summary>The options of the field.</summary>
    protected StandardizationOptions Options { get; } = options;

    /// <inheritdoc />
    public int MaxLength(int rawLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rawLength);
        return (int)Math.Min(((long)rawLength * Transliteration.MaxExpansion) + Slack, Array.MaxLength);
    }

    /// <inheritdoc />
    [SkipLocalsInit]
    public StandardizedLength Standardize(ReadOnlySpan<char> raw, Span<char> destination)
    {
        if (raw.IsEmpty)
        {
            return StandardizedLength.Missing;
        }
        int needed = TextFold.MaxLength(raw);
        if (needed <= StackLength)
        {
            Span<char> buffer = stackalloc char[StackLength];
            return Finish(buffer[..Fold(raw, buffer)], destination);
        }
        char[] rented = ArrayPool<char>.Shared.Rent(needed);
        try
        {
            return Finish(rented.AsSpan(0, Fold(raw, rented)), destination);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    /// <summary>Folds a raw value; lower case and ASCII unless a kind says otherwise.</summary>
    protected virtual int Fold(ReadOnlySpan<char> raw, Span<char> destination) =>
        Options.Transliterate ? TextFold.Fold(raw, destination) : TextFold.FoldLatin(raw, destination);

    /// <summary>Writes the form of folded text. The text may be changed in place.</summary>
    protected abstract StandardizedLength Write(Span<char> folded, Span<char> destination);

    // As written, before the kind spells anything out ("n/a" is no "north a").
    [SkipLocalsInit]
    private bool IsPlaceholder(ReadOnlySpan<char> folded)
    {
        if (folded.Length > Placeholders.MaxLength || !placeholders.CanBe(folded) || Words.IsPlainWord(folded))
        {
            return false;
        }
        Span<char> words = stackalloc char[Placeholders.MaxLength];
        return placeholders.Contains(words[..Words.Clean(folded, words, NothingDropped.Instance)]);
    }

    private StandardizedLength Finish(Span<char> folded, Span<char> destination)
    {
        if (IsPlaceholder(folded))
        {
            return StandardizedLength.Missing;
        }
        StandardizedLength written = Write(folded, destination);
        ReadOnlySpan<char> form = destination[..written.Length];
        return form.IsEmpty || placeholders.Contains(form) || IsPlaceholder(form) ? StandardizedLength.Missing : written;
    }
}
