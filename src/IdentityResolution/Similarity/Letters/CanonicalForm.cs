using System.Buffers;
using System.Text;

namespace IdentityResolution.Similarity.Letters;

/// <summary>The canonical form of one letter: its code points decomposed, marks in canonical order. Equivalent letters have the same form.</summary>
/// <remarks>Source: The Unicode Consortium, Unicode Standard Annex #15, "Unicode Normalization Forms" (form D).</remarks>
internal static class CanonicalForm
{
    /// <summary>The most code points that a UTF-16 unit becomes.</summary>
    public const int MaxExpansion = 4;

    /// <summary>Writes the code points of a text as they are; a lone surrogate as its own number.</summary>
    /// <returns>How many were written.</returns>
    public static int Copy(ReadOnlySpan<char> text, Span<int> destination)
    {
        int length = 0;
        for (int at = 0; at < text.Length; at++)
        {
            bool isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            destination[length++] = isPair ? char.ConvertToUtf32(text[at], text[++at]) : text[at];
        }
        return length;
    }

    /// <summary>Writes the canonical form of a letter.</summary>
    /// <returns>How many code points were written.</returns>
    public static int Decompose(ReadOnlySpan<char> letter, Span<int> destination)
    {
        int length = 0;
        while (!letter.IsEmpty)
        {
            // A lone surrogate stays itself.
            bool isScalar = Rune.DecodeFromUtf16(letter, out Rune rune, out int taken) == OperationStatus.Done;
            Add(isScalar ? rune.Value : letter[0], destination, ref length);
            letter = letter[taken..];
        }
        Order(destination[..length]);
        return length;
    }

    /// <summary>The one character of the basic plane that has a form, if there is one.</summary>
    public static bool TryCompose(ReadOnlySpan<int> form, out char composed)
    {
        int codePoint = form[0];
        foreach (int next in form[1..])
        {
            if (!CanonicalTable.TryCompose(codePoint, next, out codePoint))
            {
                composed = default;
                return false;
            }
        }
        composed = unchecked((char)codePoint);
        return codePoint <= char.MaxValue && !char.IsSurrogate(composed);
    }

    private static void Add(int codePoint, Span<int> destination, ref int length)
    {
        if (!CanonicalTable.TryDecompose(codePoint, out int first, out int second))
        {
            destination[length++] = codePoint;
            return;
        }
        Add(first, destination, ref length);
        if (second != 0)
        {
            Add(second, destination, ref length);
        }
    }

    /// <summary>Sorts each run of marks by class; marks of one class keep their order. Runs are short.</summary>
    private static void Order(Span<int> form)
    {
        for (int i = 1; i < form.Length; i++)
        {
            int mark = form[i];
            byte rank = CanonicalTable.CombiningClass(mark);
            int place = i;
            while (rank > 0 && place > 0 && CanonicalTable.CombiningClass(form[place - 1]) > rank)
            {
                form[place] = form[place - 1];
                place--;
            }
            form[place] = mark;
        }
    }
}
