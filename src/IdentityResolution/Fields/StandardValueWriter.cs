using System.Text;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>Standardizes one raw value at a time and adds the result to a dictionary.</summary>
/// <remarks>Holds scratch buffers; one per thread.</remarks>
internal sealed class StandardValueWriter
{
    private readonly IStandardizer _standardizer;
    private readonly HashSet<string> _ignored;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _ignoredSpans;
    private char[] _raw = new char[256];
    private char[] _standard = new char[512];
    private byte[] _utf8 = new byte[1536];

    public StandardValueWriter(IStandardizer standardizer, IReadOnlyList<string> ignoredValues)
    {
        _standardizer = standardizer;
        _ignored = new HashSet<string>(StringComparer.Ordinal);
        foreach (string value in ignoredValues)
        {
            _ignored.Add(value);
            var buffer = new char[standardizer.MaxLength(value.Length)];
            _ignored.Add(new string(buffer, 0, standardizer.Standardize(value, buffer).Length));
        }
        _ignoredSpans = _ignored.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The code of the value's standard form; -1 when it is missing or ignored.</summary>
    public int Write(ReadOnlySpan<byte> rawUtf8, NamePart part, ValueDictionary values)
    {
        if (_raw.Length < rawUtf8.Length)
        {
            _raw = new char[rawUtf8.Length * 2];
        }
        ReadOnlySpan<char> raw = _raw.AsSpan(0, Encoding.UTF8.GetChars(rawUtf8, _raw));
        if (part != NamePart.Whole)
        {
            PersonName name = PersonName.Parse(raw.ToString());
            raw = part == NamePart.Given ? name.Given : name.Surname;
        }
        int maxLength = _standardizer.MaxLength(raw.Length);
        if (_standard.Length < maxLength)
        {
            _standard = new char[maxLength];
            _utf8 = new byte[maxLength * 3];
        }
        StandardizedLength result = _standardizer.Standardize(raw, _standard);
        ReadOnlySpan<char> standard = _standard.AsSpan(0, result.Length);
        if (result.Quality == ValueQuality.Missing || result.Length == 0 || (_ignored.Count > 0 && _ignoredSpans.Contains(standard)))
        {
            return -1;
        }
        return values.GetOrAdd(_utf8.AsSpan(0, Encoding.UTF8.GetBytes(standard, _utf8)));
    }
}
