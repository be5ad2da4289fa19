namespace IdentityResolution.Similarity.Phonetic;

/// <summary>One run of Metaphone over a word in capitals.</summary>
internal static class MetaphoneEncoder
{
    private const string FrontVowels = "EIY";

    /// <summary>Writes the code; <paramref name="letters"/> is changed on the way.</summary>
    public static int Encode(Span<char> letters, Span<char> destination)
    {
        var word = new Word(ReplaceStart(letters));
        var code = new CodeWriter(destination);
        for (int i = 0; i < word.Length && !code.IsFull; i++)
        {
            char letter = word[i];
            if (letter != 'C' && word[i - 1] == letter && i > 0)
            {
                continue; // doubled letters sound once
            }
            switch (letter)
            {
                case 'A' or 'E' or 'I' or 'O' or 'U' when i == 0:
                case 'F' or 'J' or 'L' or 'M' or 'N' or 'R':
                case 'B' when !(word[i - 1] == 'M' && i + 1 == word.Length):
                case 'K' when word[i - 1] != 'C':
                case 'W' or 'Y' when IsVowel(word[i + 1]):
                    code.Append(letter);
                    break;
                case 'C':
                    C(word, i, ref code);
                    break;
                case 'D' when word[i + 1] == 'G' && word.IsOneOf(i + 2, FrontVowels):
                    code.Append('J');
                    i += 2;
                    break;
                case 'D':
                    code.Append('T');
                    break;
                case 'G':
                    G(word, i, ref code);
                    break;
                case 'H' when IsVowel(word[i + 1]) && !word.IsOneOf(i - 1, "CSPTG"):
                    code.Append('H');
                    break;
                case 'P':
                    code.Append(word[i + 1] == 'H' ? 'F' : 'P');
                    break;
                case 'Q':
                    code.Append('K');
                    break;
                case 'S':
                    code.Append(word.HasAny(i, ["SH", "SIO", "SIA"]) ? 'X' : 'S');
                    break;
                case 'T' when !word.Has(i, "TCH"):
                    code.Append(word.HasAny(i, ["TIA", "TIO"]) ? 'X' : word[i + 1] == 'H' ? '0' : 'T');
                    break;
                case 'V':
                    code.Append('F');
                    break;
                case 'X':
                    code.Append("KS");
                    break;
                case 'Z':
                    code.Append('S');
                    break;
                default:
                    break; // silent
            }
        }
        return code.Length;
    }

    private static Span<char> ReplaceStart(Span<char> letters)
    {
        switch (letters)
        {
            case ['K' or 'G' or 'P', 'N', ..] or ['A', 'E', ..] or ['W', 'R', ..]:
                return letters[1..];
            case ['W', 'H', ..]:
                letters[1] = 'W';
                return letters[1..];
            case ['X', ..]:
                letters[0] = 'S';
                return letters;
            default:
                return letters;
        }
    }

    private static void C(Word word, int i, ref CodeWriter code)
    {
        bool isAfterS = word[i - 1] == 'S';
        bool isSoft = word.IsOneOf(i + 1, FrontVowels);
        if (isAfterS && isSoft)
        {
            return; // science
        }
        if (word.Has(i, "CIA"))
        {
            code.Append('X');
        }
        else if (isSoft)
        {
            code.Append('S');
        }
        else if (word[i + 1] == 'H' && !isAfterS)
        {
            code.Append('X');
        }
        else
        {
            code.Append('K');
        }
    }

    private static void G(Word word, int i, ref CodeWriter code)
    {
        bool isSilent = (word[i + 1] == 'H' && !IsVowel(word[i + 2])) || (i > 0 && word[i + 1] == 'N');
        if (!isSilent)
        {
            code.Append(word.IsOneOf(i + 1, FrontVowels) && word[i - 1] != 'G' ? 'J' : 'K');
        }
    }

    private static bool IsVowel(char letter) => letter is 'A' or 'E' or 'I' or 'O' or 'U';
}
