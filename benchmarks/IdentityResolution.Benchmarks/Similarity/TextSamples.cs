using System.Text;

namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>What a benchmark's texts look like.</summary>
public enum TextKind
{
    Names,
    Emails,
    Addresses,
}

/// <summary>Seeded texts put together from syllables: names of about 7 letters, e-mails of about 23, addresses of about 36.</summary>
internal sealed class TextSamples
{
    private static readonly string[] Syllables =
        ["an", "ber", "ca", "do", "el", "fer", "gu", "han", "is", "jo", "ka", "lin", "ma", "na", "ol", "per", "qui", "ro", "son", "ta", "ul", "vi", "wen", "xa", "yo", "zer"];

    private readonly Random _random;

    private TextSamples(int seed) => _random = new Random(seed);

    /// <summary>Pairs: 70 % unrelated, 30 % with one or two edits.</summary>
    public static (string Left, string Right)[] Pairs(TextKind kind, int count, int seed = 42)
    {
        var samples = new TextSamples(seed);
        var pairs = new (string, string)[count];
        for (int i = 0; i < count; i++)
        {
            string left = samples.Text(kind);
            pairs[i] = (left, samples._random.Next(10) < 7 ? samples.Text(kind) : samples.Edit(left));
        }
        return pairs;
    }

    private string Text(TextKind kind) => kind switch
    {
        TextKind.Names => Name(),
        TextKind.Emails => $"{Word(2)}.{Name()}{_random.Next(10)}@{Word(2)}.com",
        _ => $"{_random.Next(1, 999)} {Name()} {Word(2)} street, {_random.Next(10_000, 99_999)} {Word(2)}",
    };

    private string Name() => Word(_random.Next(2, 5));

    private string Word(int syllables)
    {
        var word = new StringBuilder();
        for (int i = 0; i < syllables; i++)
        {
            word.Append(Syllables[_random.Next(Syllables.Length)]);
        }
        return word.ToString();
    }

    private string Edit(string text)
    {
        var edited = new StringBuilder(text);
        for (int i = _random.Next(1, 3); i > 0; i--)
        {
            int place = _random.Next(edited.Length);
            char letter = (char)('a' + _random.Next(26));
            switch (_random.Next(3))
            {
                case 0:
                    edited[place] = letter;
                    break;
                case 1:
                    edited.Insert(place, letter);
                    break;
                default:
                    edited.Remove(place, 1);
                    break;
            }
        }
        return edited.ToString();
    }
}
