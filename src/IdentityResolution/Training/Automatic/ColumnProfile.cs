using System.Text;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Training;

/// <summary>What the contents of one column look like.</summary>
/// <param name="Input">The column's input.</param>
/// <param name="Column">The column.</param>
/// <param name="Present">Records with a value.</param>
/// <param name="Distinct">Distinct values.</param>
internal sealed record ColumnProfile(RecordSegment Input, RawColumn Column, int Present, int Distinct)
{
    private const int SampleSize = 2000;

    /// <summary>Share of the records whose value (among the sampled values) is a well-formed e-mail address; in [0, 1] like the other shares.</summary>
    public double Emails { get; private init; }

    /// <summary>Share of whole, possible dates.</summary>
    public double Dates { get; private init; }

    /// <summary>Share of telephone numbers: 7 to 15 digits with usual punctuation, or a plus.</summary>
    public double Phones { get; private init; }

    /// <summary>Share of words for sex or gender.</summary>
    public double Sexes { get; private init; }

    /// <summary>Share of plain numbers.</summary>
    public double Numbers { get; private init; }

    /// <summary>Share of places: latitude and longitude with decimals, in one text.</summary>
    public double Locations { get; private init; }

    /// <summary>Share of years from 1850 to 2035.</summary>
    public double Years { get; private init; }

    /// <summary>Share of values with a digit.</summary>
    public double WithDigits { get; private init; }

    /// <summary>Share of values of up to four words, one of them a known given name.</summary>
    public double GivenNames { get; private init; }

    /// <summary>Share of single letters, with or without a dot.</summary>
    public double Initials { get; private init; }

    /// <summary>Mean number of words.</summary>
    public double Words { get; private init; }

    /// <summary>Mean length in characters.</summary>
    public double Length { get; private init; }

    /// <summary>Looks at a column; the same values in any order give the same profile.</summary>
    public static ColumnProfile Create(RecordSegment input, RawColumn column)
    {
        int[] counts = new int[column.Values.Count];
        int present = 0;
        foreach (int code in column.Codes)
        {
            if (code >= 0)
            {
                counts[code]++;
                present++;
            }
        }
        var tally = new Tally();
        int step = Math.Max(1, column.Values.Count / SampleSize);
        for (int code = 0; code < column.Values.Count; code++)
        {
            ReadOnlySpan<byte> value = column.Values[code];
            // Values are drawn by hash, not by position, so that the order of rows decides nothing.
            if (step == 1 || StableHash.Of(value) % (ulong)step == 0)
            {
                tally.Add(Encoding.UTF8.GetString(value).Trim(), counts[code]);
            }
        }
        return tally.ToProfile(new ColumnProfile(input, column, present, column.Values.Count));
    }

    private sealed class Tally
    {
        private readonly IStandardizer _dates = Standardizers.For(FieldKind.BirthDate);
        private readonly IStandardizer _sexes = Standardizers.For(FieldKind.Sex);
        private readonly IStandardizer _locations = Standardizers.For(FieldKind.Location);
        private readonly IStandardizer _emails = Standardizers.For(FieldKind.Email);
        private readonly char[] _buffer = new char[4096];
        private double _count;
        private double _emailCount;
        private double _dateCount;
        private double _phoneCount;
        private double _sexCount;
        private double _numberCount;
        private double _yearCount;
        private double _locationCount;
        private double _digitCount;
        private double _givenCount;
        private double _initialCount;
        private double _wordCount;
        private double _length;

        public void Add(string value, int weight)
        {
            if (value.Length is 0 or > 1000)
            {
                return;
            }
            _count += weight;
            _length += (double)weight * value.Length;
            string[] words = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _wordCount += (double)weight * words.Length;
            int digits = value.Count(char.IsAsciiDigit);
            _digitCount += digits > 0 ? weight : 0;
            bool isYear = value.Length == 4 && digits == 4 && string.CompareOrdinal(value, "1850") >= 0 && string.CompareOrdinal(value, "2035") <= 0;
            _yearCount += isYear ? weight : 0;
            _locationCount += digits >= 6 && value.Count(c => c == '.') == 2 && Is(_locations, value) ? weight : 0;
            _numberCount += digits > 0 && value.All(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-') ? weight : 0;
            _phoneCount += digits is >= 7 and <= 15 && value.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '/' or '.' or '(' or ')') ? weight : 0;
            _emailCount += value.Contains('@', StringComparison.Ordinal) && Is(_emails, value) ? weight : 0;
            _dateCount += digits >= 4 && !isYear && value.Length >= 6 && Is(_dates, value) && _buffer[4] == '-' && _buffer[7] == '-' ? weight : 0;
            _sexCount += value.Length <= 12 && Is(_sexes, value) ? weight : 0;
            _initialCount += char.IsLetter(value[0]) && value.AsSpan(1) is "" or "." ? weight : 0;
            _givenCount += digits == 0 && words.Length <= 4 && Array.Exists(words, IsGivenName) ? weight : 0;
        }

        public ColumnProfile ToProfile(ColumnProfile profile) => _count == 0 ? profile : profile with
        {
            Emails = _emailCount / _count,
            Dates = _dateCount / _count,
            Phones = _phoneCount / _count,
            Sexes = _sexCount / _count,
            Numbers = _numberCount / _count,
            Years = _yearCount / _count,
            Locations = _locationCount / _count,
            WithDigits = _digitCount / _count,
            GivenNames = _givenCount / _count,
            Initials = _initialCount / _count,
            Words = _wordCount / _count,
            Length = _length / _count,
        };

        private static bool IsGivenName(string word) => Nicknames.TryGetGroups(word.TrimEnd(',', '.').ToLowerInvariant(), out _);

        private bool Is(IStandardizer standardizer, string value) =>
            standardizer.MaxLength(value.Length) <= _buffer.Length && standardizer.Standardize(value, _buffer).Quality == ValueQuality.Valid;
    }
}
