using System.Text;
using IdentityResolution.Records;
using IdentityResolution.Standardization;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Fields;

/// <summary>Standardizes one raw value at a time and adds the result to a dictionary.</summary>
/// <remarks>Holds scratch buffers; one per thread.</remarks>
internal sealed class StandardValueWriter
{
    private readonly IStandardizer _standardizer;
    private readonly StandardizationOptions _options;
    private readonly IStandardizer _partStandardizer;
    private char[] _raw = new char[256];
    private char[] _standard = new char[512];
    private byte[] _utf8 = new byte[1536];

    public StandardValueWriter(FieldKind kind, StandardizationOptions options)
    {
        _standardizer = Standardizers.For(kind, options);
        _options = options;
        _partStandardizer = options.Steps.Count == 0 ? _standardizer : Standardizers.For(kind, options with { Steps = [] });
    }

    /// <summary>The code of the value's standard form; -1 when it is missing. A label stands before the form.</summary>
    public int Write(ReadOnlySpan<byte> rawUtf8, NamePart part, ValueDictionary values, string? label = null)
    {
        ReadOnlySpan<byte> standard = Standardize(rawUtf8, part);
        if (standard.IsEmpty)
        {
            return -1;
        }
        return values.GetOrAdd(label is null ? standard : [.. Encoding.UTF8.GetBytes(label), ValueSets.LabelEnd, .. standard]);
    }

    /// <summary>The value's standard form as UTF-8; empty when it is missing. Holds until the next call.</summary>
    public ReadOnlySpan<byte> Standardize(ReadOnlySpan<byte> rawUtf8, NamePart part)
    {
        if (_raw.Length < rawUtf8.Length)
        {
            _raw = new char[rawUtf8.Length * 2];
        }
        ReadOnlySpan<char> raw = _raw.AsSpan(0, Encoding.UTF8.GetChars(rawUtf8, _raw));
        if (part != NamePart.Whole)
        {
            // The steps are for the whole value, so they come before the name is taken apart.
            raw = PartOf(PersonName.Parse(TextStep.ApplyAll(_options.Steps, raw), _options), part);
        }
        IStandardizer standardizer = part == NamePart.Whole ? _standardizer : _partStandardizer;
        int maxLength = standardizer.MaxLength(raw.Length);
        if (_standard.Length < maxLength)
        {
            _standard = new char[maxLength];
            _utf8 = new byte[maxLength * 3];
        }
        StandardizedLength result = standardizer.Standardize(raw, _standard);
        ReadOnlySpan<char> standard = _standard.AsSpan(0, result.Length);
        return result.Quality == ValueQuality.Missing ? [] : _utf8.AsSpan(0, Encoding.UTF8.GetBytes(standard, _utf8));
    }

    private static string PartOf(PersonName name, NamePart part) => part switch
    {
        NamePart.Given => name.Given,
        NamePart.Surname => name.Surname,
        NamePart.Middle => name.Middle,
        NamePart.Title => name.Title,
        NamePart.Suffix => name.Suffix,
        NamePart.Nickname => name.Nickname,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };
}
