using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Names;

/// <summary>Pairs the words of two names and sums up what agrees, what contradicts, and what one side lacks.</summary>
[SkipLocalsInit]
internal struct NameAlignment
{
    // Words beyond are left out; a name has hardly ever more.
    private const int MaxWords = 16;

    // A contradiction counts more than an agreement: two names have more ways to differ in one word than to agree in another.
    private const double ContradictionCost = 1.5;

    // Names are often given without their middle names or generic words.
    private const double LackCost = 0.4;

    // Names that agree in one word only say little, however well that word agrees.
    private const double SingleWordFactor = 0.85;

    private const double Spaced = 0.97;

    // Words that are put together must fit better than words as they stand.
    private const double MinJoined = 0.85;

    private readonly WordLikeness _likeness;
    private double _agreement;
    private double _contradiction;
    private int _agreeing;

    private NameAlignment(WordLikeness likeness) => _likeness = likeness;

    /// <summary>The similarity in [0, 1] of two different names in standard form, both with words.</summary>
    public static double Similarity(ReadOnlySpan<char> left, ReadOnlySpan<char> right, WordLikeness likeness)
    {
        if (EqualButForBlanks(left, right))
        {
            return Spaced;
        }
        Span<NameWord> leftWords = stackalloc NameWord[MaxWords];
        Span<NameWord> rightWords = stackalloc NameWord[MaxWords];
        leftWords = leftWords[..Split(left, leftWords, likeness)];
        rightWords = rightWords[..Split(right, rightWords, likeness)];
        var alignment = new NameAlignment(likeness);
        alignment.PairJoined(left, leftWords, right, rightWords);
        alignment.PairJoined(right, rightWords, left, leftWords);
        alignment.PairAlike(left, leftWords, right, rightWords);
        alignment.PairAcronyms(left, leftWords, right, rightWords);
        alignment.PairAcronyms(right, rightWords, left, leftWords);
        return alignment.Sum(leftWords, rightWords);
    }

    private static int Split(ReadOnlySpan<char> name, Span<NameWord> words, WordLikeness likeness)
    {
        int count = 0;
        int start = 0;
        while (start < name.Length && count < words.Length)
        {
            int blank = name[start..].IndexOf(' ');
            int length = blank < 0 ? name.Length - start : blank;
            words[count++] = new NameWord(start, length, likeness.Weigh(name.Slice(start, length)));
            start += length + 1;
        }
        return count;
    }

    private static bool EqualButForBlanks(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int i = 0;
        int j = 0;
        while (true)
        {
            i += i < left.Length && left[i] == ' ' ? 1 : 0;
            j += j < right.Length && right[j] == ' ' ? 1 : 0;
            if (i == left.Length || j == right.Length)
            {
                return i == left.Length && j == right.Length;
            }
            if (left[i++] != right[j++])
            {
                return false;
            }
        }
    }

    // A word that the other side writes as two or three: "jeanluc" and "jean luc".
    private void PairJoined(ReadOnlySpan<char> name, Span<NameWord> words, ReadOnlySpan<char> other, Span<NameWord> otherWords)
    {
        for (int i = 0; i < words.Length; i++)
        {
            ReadOnlySpan<char> whole = name.Slice(words[i].Start, words[i].Length);
            for (int j = 0; j + 1 < otherWords.Length && !words[i].IsPaired && whole.Length > 3; j++)
            {
                for (int count = 2; count <= 3 && j + count <= otherWords.Length; count++)
                {
                    double likeness = AnyPaired(otherWords.Slice(j, count)) ? 0 : OfJoined(whole, other, otherWords.Slice(j, count));
                    if (likeness >= MinJoined)
                    {
                        Pair(words.Slice(i, 1), otherWords.Slice(j, count), likeness * Spaced);
                        break;
                    }
                }
            }
        }
    }

    private readonly double OfJoined(ReadOnlySpan<char> whole, ReadOnlySpan<char> other, ReadOnlySpan<NameWord> parts)
    {
        if (other[parts[0].Start] != whole[0])
        {
            return 0;
        }
        Span<char> joined = stackalloc char[WordLikeness.MaxLetters];
        int length = 0;
        foreach (NameWord part in parts)
        {
            ReadOnlySpan<char> text = other.Slice(part.Start, part.Length);
            if (length + text.Length > joined.Length || text.SequenceEqual(whole))
            {
                return 0;
            }
            text.CopyTo(joined[length..]);
            length += text.Length;
        }
        return whole.Length * 3 < length * 2 || length * 3 < whole.Length * 2 ? 0 : _likeness.Of(whole, joined[..length]);
    }

    // Best pairs first; what is left of a pair's likeness contradicts.
    private void PairAlike(ReadOnlySpan<char> left, Span<NameWord> leftWords, ReadOnlySpan<char> right, Span<NameWord> rightWords)
    {
        Span<double> likeness = stackalloc double[MaxWords * MaxWords];
        for (int i = 0; i < leftWords.Length; i++)
        {
            for (int j = 0; j < rightWords.Length; j++)
            {
                likeness[(i * MaxWords) + j] = leftWords[i].IsPaired || rightWords[j].IsPaired
                    ? 0
                    : _likeness.Of(left.Slice(leftWords[i].Start, leftWords[i].Length), right.Slice(rightWords[j].Start, rightWords[j].Length));
            }
        }
        while (true)
        {
            (int bestLeft, int bestRight, double best) = (-1, -1, 0);
            for (int i = 0; i < leftWords.Length; i++)
            {
                for (int j = 0; j < rightWords.Length; j++)
                {
                    if (likeness[(i * MaxWords) + j] > best && !leftWords[i].IsPaired && !rightWords[j].IsPaired)
                    {
                        (bestLeft, bestRight, best) = (i, j, likeness[(i * MaxWords) + j]);
                    }
                }
            }
            if (bestLeft < 0)
            {
                return;
            }
            Pair(leftWords.Slice(bestLeft, 1), rightWords.Slice(bestRight, 1), best);
        }
    }

    // Letters that begin words of the other side: "ibm", or "jr" for "john ronald".
    private void PairAcronyms(ReadOnlySpan<char> name, Span<NameWord> words, ReadOnlySpan<char> other, Span<NameWord> otherWords)
    {
        for (int i = 0; i < words.Length; i++)
        {
            if (words[i].IsPaired || words[i].Length is < 2 or > 6)
            {
                continue;
            }
            ReadOnlySpan<char> letters = name.Slice(words[i].Start, words[i].Length);
            for (int j = 0; j < otherWords.Length; j++)
            {
                int taken = 0;
                int count = 0;
                while (j + count < otherWords.Length && taken < letters.Length && !otherWords[j + count].IsPaired)
                {
                    ReadOnlySpan<char> word = other.Slice(otherWords[j + count].Start, otherWords[j + count].Length);
                    if (word[0] == letters[taken])
                    {
                        taken++;
                    }
                    else if (count == 0 || !WordLikeness.IsConnector(word))
                    {
                        break;
                    }
                    count++;
                }
                if (taken == letters.Length)
                {
                    Pair(words.Slice(i, 1), otherWords.Slice(j, count), WordLikeness.Acronym);
                    break;
                }
            }
        }
    }

    private void Pair(Span<NameWord> left, Span<NameWord> right, double likeness)
    {
        double weight = 0;
        foreach (ref NameWord word in left)
        {
            weight += word.Weight;
            word = word with { IsPaired = true };
        }
        foreach (ref NameWord word in right)
        {
            weight += word.Weight;
            word = word with { IsPaired = true };
        }
        _agreement += weight / 2 * likeness;
        _contradiction += weight / 2 * (1 - likeness);
        _agreeing += weight >= 1.5 * WordLikeness.MinorWeight ? Math.Max(left.Length, right.Length) : 0;
    }

    private readonly double Sum(ReadOnlySpan<NameWord> left, ReadOnlySpan<NameWord> right)
    {
        double leftRest = Rest(left);
        double rightRest = Rest(right);
        double contradiction = _contradiction + Math.Min(leftRest, rightRest);
        double lack = Math.Abs(leftRest - rightRest);
        double similarity = _agreement / (_agreement + (ContradictionCost * contradiction) + (LackCost * lack));
        return _agreement <= 0 ? 0 : _agreeing <= 1 && Math.Max(left.Length, right.Length) > 1 ? similarity * SingleWordFactor : similarity;
    }

    private static double Rest(ReadOnlySpan<NameWord> words)
    {
        double rest = 0;
        foreach (NameWord word in words)
        {
            rest += word.IsPaired ? 0 : word.Weight;
        }
        return rest;
    }

    private static bool AnyPaired(ReadOnlySpan<NameWord> words)
    {
        foreach (NameWord word in words)
        {
            if (word.IsPaired)
            {
                return true;
            }
        }
        return false;
    }

    private readonly record struct NameWord(int Start, int Length, double Weight, bool IsPaired = false);
}
