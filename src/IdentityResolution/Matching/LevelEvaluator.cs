using System.Text;
using IdentityResolution.Fields;
using IdentityResolution.Records;
using IdentityResolution.Similarity;
using IdentityResolution.Standardization;

namespace IdentityResolution.Matching;

/// <summary>Finds the level of two distinct values of one field: the first condition that holds.</summary>
/// <remarks>Symmetric in its two values. Holds scratch buffers; one per thread.</remarks>
internal sealed class LevelEvaluator
{
    private readonly FieldColumn _column;
    private readonly ValueDictionary _values;
    private readonly LevelCondition[] _conditions;
    private readonly int[] _featureOf;
    private readonly SameFeature? _same;
    private readonly WordTable? _words;
    private readonly GramTable? _grams;
    private readonly NicknameTable _nicknames;
    private readonly LevelScreen? _screen;
    private readonly double[] _least;
    private readonly int[] _most;
    private char[] _left = new char[128];
    private char[] _right = new char[128];
    private bool _areAscii;
    private int _leftWhole;
    private int _rightWhole;
    private LevelFunction _measured;
    private double _measure;

    /// <summary>An evaluator for one comparison.</summary>
    /// <param name="column">The field.</param>
    /// <param name="conditions">The levels' conditions, best first.</param>
    /// <param name="words">The words of the values; null when no condition looks at words.</param>
    /// <param name="grams">The character triples of the values; null when no condition looks at them.</param>
    /// <param name="nicknames">Which given names stand for each other.</param>
    /// <param name="screen">Tells at a glance; null = nothing can be told so.</param>
    public LevelEvaluator(FieldColumn column, LevelCondition[] conditions, WordTable? words, GramTable? grams, NicknameTable nicknames, LevelScreen? screen)
    {
        _words = words;
        _grams = grams;
        _nicknames = nicknames;
        _column = column;
        _values = column.Values;
        _conditions = conditions;
        _screen = screen;
        // Of the levels that compare a transform, each has its number.
        _featureOf = new int[conditions.Length];
        int features = 0;
        _least = new double[(int)LevelFunction.Combined + 1];
        _most = new int[_least.Length];
        Array.Fill(_least, double.PositiveInfinity);
        for (int level = 0; level < conditions.Length; level++)
        {
            LevelCondition condition = conditions[level];
            _featureOf[level] = condition.Function == LevelFunction.Same ? features++ : features;
            // Levels of one function share one measurement: the loosest of them is the cut-off.
            int function = (int)condition.Function;
            _least[function] = Math.Min(_least[function], condition.Limit);
            _most[function] = Math.Max(_most[function], (int)Math.Min(int.MaxValue - 1, condition.Limit));
        }
        _same = features > 0 ? new SameFeature(nicknames) : null;
    }

    /// <summary>The fields that codes stand for together; null = they are codes of the field itself.</summary>
    public JointColumn? Joint { get; init; }

    /// <summary>Per level: tells whether a combined condition holds; null for other levels.</summary>
    public ConditionEvaluator?[] Combined { get; init; } = [];

    /// <summary>The level of two value codes, as a position in the comparison's levels; of sets of values that of the pair which is most alike.</summary>
    /// <returns>The level; <see cref="PairComparer.Missing"/> when no two of the values bear the same label.</returns>
    public byte Level(int left, int right)
    {
        (_leftWhole, _rightWhole) = (left, right);
        if (Joint is not null)
        {
            (left, right) = (Joint.PartOf(0, left), Joint.PartOf(0, right));
        }
        if (_column.Sets is null && !_column.IsLabelled)
        {
            return LevelOfValues(left, right);
        }
        byte best = PairComparer.Missing;
        foreach (int one in _column.MembersOf(left))
        {
            foreach (int other in _column.MembersOf(right))
            {
                if (_column.LabelOf(one).SequenceEqual(_column.LabelOf(other)))
                {
                    best = Math.Min(best, LevelOfValues(one, other));
                }
            }
        }
        return best;
    }

    private byte LevelOfValues(int left, int right)
    {
        // Kernels are symmetric in theory; a fixed order makes them so whatever they do with ties.
        ReadOnlySpan<byte> a = _values[left];
        ReadOnlySpan<byte> b = _values[right];
        if (a.Length > b.Length || (a.Length == b.Length && IsAfter(a, b)))
        {
            ReadOnlySpan<byte> swap = a;
            a = b;
            b = swap;
        }
        _areAscii = Ascii.IsValid(a) && Ascii.IsValid(b);
        _measured = LevelFunction.Else;
        for (int level = 0; level < _conditions.Length - 1; level++)
        {
            if (Holds(level, left, right, a, b))
            {
                return (byte)level;
            }
        }
        return !_areAscii && AreOfOtherScripts(a, b) ? PairComparer.Missing : (byte)(_conditions.Length - 1);
    }

    // Most values differ in their first byte.
    private static bool IsAfter(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other) =>
        one.Length > 0 && (one[0] != other[0] ? one[0] > other[0] : one.SequenceCompareTo(other) > 0);

    // Letters that were not spelled in Latin can't be compared with letters that are: that two such values differ says nothing.
    private static bool AreOfOtherScripts(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        bool leftAscii = Ascii.IsValid(left);
        return leftAscii != Ascii.IsValid(right)
            && HasLetters(leftAscii ? left : right)
            && !HasLetters(leftAscii ? right : left);
    }

    /// <summary>Are there values whose letters were not spelled in Latin?</summary>
    public static bool HasOtherScripts(ValueDictionary values)
    {
        for (int code = 0; code < values.Count; code++)
        {
            if (!Ascii.IsValid(values[code]) && !HasLetters(values[code]))
            {
                return true;
            }
        }
        return false;
    }

    private static bool HasLetters(ReadOnlySpan<byte> utf8) => utf8.ContainsAnyInRange((byte)'a', (byte)'z');

    private bool Holds(int level, int leftCode, int rightCode, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        LevelCondition condition = _conditions[level];
        if (_measured != condition.Function && _screen?.MayHold(condition.Function, _featureOf[level], leftCode, rightCode) == false)
        {
            return false;
        }
        switch (condition.Function)
        {
            case LevelFunction.Exact:
                return leftCode == rightCode;
            case LevelFunction.Same:
                return _same!.Holds(condition.Step, left, right);
            case LevelFunction.Nickname:
                return _nicknames.AreVariants(Decode(left, ref _left), Decode(right, ref _right));
            case LevelFunction.Initial:
                return left.Length == 1 && right.Length > 1 && left[0] == right[0];
            case LevelFunction.Contained:
                return WordSimilarity.Contained(_words![leftCode], _words[rightCode]);
            case LevelFunction.DomainTypo:
                return EmailSimilarity.IsDomainTypo(Decode(left, ref _left), Decode(right, ref _right));
            case LevelFunction.DayMonthSwapped:
                return StandardDates.DayMonthSwapped(left, right);
            case LevelFunction.TwoPartsEqual:
                return StandardDates.EqualParts(left, right) == 2;
            case LevelFunction.Common:
                return CountCommon(out _) >= condition.Limit;
            case LevelFunction.CommonShare:
                int common = CountCommon(out int all);
                return (double)common / all >= condition.Limit;
            case LevelFunction.Combined:
                return Combined[level]!.Holds(_leftWhole, _rightWhole, leftCode, rightCode);
            case LevelFunction.Days or LevelFunction.Difference or LevelFunction.Percent or LevelFunction.Kilometres or LevelFunction.Levenshtein or LevelFunction.Osa:
                return Measure(condition, leftCode, rightCode, left, right) <= condition.Limit;
            default:
                return Measure(condition, leftCode, rightCode, left, right) >= condition.Limit;
        }
    }

    // How many values the two records have in common, of how many that either has.
    private int CountCommon(out int all)
    {
        int[] left = _column.MembersOf(Joint is null ? _leftWhole : Joint.PartOf(0, _leftWhole));
        int[] right = _column.MembersOf(Joint is null ? _rightWhole : Joint.PartOf(0, _rightWhole));
        int common = 0;
        foreach (int member in left)
        {
            common += Array.IndexOf(right, member) >= 0 ? 1 : 0;
        }
        all = left.Length + right.Length - common;
        return common;
    }

    // Levels of one function with several limits share one measurement.
    private double Measure(LevelCondition condition, int leftCode, int rightCode, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        if (_measured != condition.Function)
        {
            _measured = condition.Function;
            _measure = condition.Function switch
            {
                LevelFunction.Days => StandardDates.DaysBetween(left, right),
                LevelFunction.Difference => Numbers.Difference(left, right),
                LevelFunction.Percent => Numbers.Percent(left, right),
                LevelFunction.Kilometres => Locations.Kilometres(left, right),
                LevelFunction.Words => WordSimilarity.SoftJaccard(_words!, _words![leftCode], _words[rightCode]),
                LevelFunction.Bigrams => WordSimilarity.Bigrams(left, right),
                LevelFunction.Grams => _grams!.Cosine(leftCode, rightCode),
                LevelFunction.Names => NameSimilarity.OfPeople(Decode(left, ref _left), Decode(right, ref _right), _nicknames),
                LevelFunction.Organizations => NameSimilarity.OfOrganizations(Decode(left, ref _left), Decode(right, ref _right)),
                _ when _areAscii => MeasureBytes(condition.Function, left, right),
                _ => MeasureChars(condition.Function, Decode(left, ref _left), Decode(right, ref _right)),
            };
        }
        return _measure;
    }

    private double MeasureBytes(LevelFunction function, ReadOnlySpan<byte> left, ReadOnlySpan<byte> right) => function switch
    {
        LevelFunction.Jaro => Jaro.Similarity(left, right, _least[(int)function]),
        LevelFunction.JaroWinkler => JaroWinkler.Similarity(left, right, _least[(int)function]),
        LevelFunction.Levenshtein => Levenshtein.Distance(left, right, _most[(int)function]),
        LevelFunction.LevenshteinRatio => Levenshtein.NormalizedSimilarity(left, right),
        LevelFunction.Osa => OptimalStringAlignment.Distance(left, right, _most[(int)function]),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private double MeasureChars(LevelFunction function, ReadOnlySpan<char> left, ReadOnlySpan<char> right) => function switch
    {
        LevelFunction.Jaro => Jaro.Similarity(left, right, _least[(int)function]),
        LevelFunction.JaroWinkler => JaroWinkler.Similarity(left, right, _least[(int)function]),
        LevelFunction.Levenshtein => Levenshtein.Distance(left, right, _most[(int)function]),
        LevelFunction.LevenshteinRatio => Levenshtein.NormalizedSimilarity(left, right),
        LevelFunction.Osa => OptimalStringAlignment.Distance(left, right, _most[(int)function]),
        _ => throw new ArgumentOutOfRangeException(nameof(function)),
    };

    private static ReadOnlySpan<char> Decode(ReadOnlySpan<byte> utf8, ref char[] buffer)
    {
        if (buffer.Length < utf8.Length)
        {
            buffer = new char[utf8.Length * 2];
        }
        return buffer.AsSpan(0, Encoding.UTF8.GetChars(utf8, buffer));
    }
}
