using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>A column of one input whose values become the values of a field: which code each raw value gets, and then each record.</summary>
/// <param name="target">The field.</param>
/// <param name="source">The source of the input.</param>
/// <param name="part">The part of a whole name that is taken.</param>
/// <param name="raw">The column.</param>
/// <param name="codes">The codes of all records.</param>
/// <param name="start">The input's first record.</param>
internal sealed class ColumnEncoding(Field target, string source, NamePart part, RawColumn raw, LargeArray<int> codes, int start)
{
    private const int ValuesPerRun = 16 * 1024;
    private const int RecordsPerPiece = 1 << 18;

    // One place more, before the others, for what is missing: a raw code of -1.
    private int[] _codeOf = [];

    /// <summary>The field.</summary>
    public Field Field => target;

    /// <summary>The source of the input.</summary>
    public string Source => source;

    /// <summary>The part of a whole name that is taken.</summary>
    public NamePart Part => part;

    /// <summary>The column.</summary>
    public RawColumn Raw => raw;

    /// <summary>Into how many pieces the records are cut.</summary>
    public int Pieces => (raw.Codes.Length + RecordsPerPiece - 1) / RecordsPerPiece;

    /// <summary>Cuts the values into runs.</summary>
    public IEnumerable<ValueRun> Cut()
    {
        for (int first = 0; first < raw.Values.Count; first += ValuesPerRun)
        {
            yield return new ValueRun(this, first, Math.Min(ValuesPerRun, raw.Values.Count - first));
        }
    }

    /// <summary>Room for the codes of some raw values.</summary>
    public Span<int> CodesOf(int first, int count)
    {
        if (_codeOf.Length == 0)
        {
            _codeOf = Scratch.Rent<int>(raw.Values.Count + 1);
        }
        return _codeOf.AsSpan(first + 1, count);
    }

    /// <summary>Gives the records of a piece their codes, once all values have theirs.</summary>
    public void EncodeRecords(int piece)
    {
        int first = piece * RecordsPerPiece;
        ReadOnlySpan<int> rawCodes = raw.Codes.Span[first..Math.Min(first + RecordsPerPiece, raw.Codes.Length)];
        Span<int> encoded = codes.AsSpan(start + first, rawCodes.Length);
        if (raw.Values.Count == 0)
        {
            encoded.Fill(-1);
            return;
        }
        _codeOf[0] = -1;
        ReadOnlySpan<int> codeOf = _codeOf;
        for (int record = 0; record < rawCodes.Length; record++)
        {
            encoded[record] = codeOf[rawCodes[record] + 1];
        }
    }

    /// <summary>Lets go of the codes of the values.</summary>
    public void Release()
    {
        Scratch.Return(_codeOf);
        _codeOf = [];
    }
}
