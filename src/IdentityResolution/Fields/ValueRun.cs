using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>A run of the raw values of one column, standardized apart from the others and numbered in their turn.</summary>
/// <remarks>Standardizing is one thread's work per run; the order of codes is that of encoding run after run.</remarks>
internal sealed class ValueRun
{
    private const int MostValues = 16 * 1024;
    private readonly ValueDictionary _raw;
    private readonly int _first;
    private BytePlace[] _places;
    private byte[] _bytes = [];

    private ValueRun(int field, int input, ValueDictionary raw, int first, int count)
    {
        Field = field;
        Input = input;
        _raw = raw;
        _first = first;
        _places = GC.AllocateUninitializedArray<BytePlace>(count);
    }

    /// <summary>The field that the values are for.</summary>
    public int Field { get; }

    /// <summary>The input that the values are of.</summary>
    public int Input { get; }

    /// <summary>Cuts the values of a column into runs.</summary>
    public static IEnumerable<ValueRun> Cut(int field, int input, ValueDictionary raw)
    {
        for (int first = 0; first < raw.Count; first += MostValues)
        {
            yield return new ValueRun(field, input, raw, first, Math.Min(MostValues, raw.Count - first));
        }
    }

    /// <summary>Makes the standard forms; those of missing values are empty.</summary>
    public void Standardize(StandardValueWriter writer, NamePart part)
    {
        int end = 0;
        for (int i = 0; i < _places.Length; i++)
        {
            ReadOnlySpan<byte> standard = writer.Standardize(_raw[_first + i], part);
            if (_bytes.Length - end < standard.Length)
            {
                long wanted = Math.Max(end + standard.Length, (long)_places.Length * ((end / (i + 1)) + 8));
                Room.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(wanted, _bytes.Length * 5L / 4)), end);
            }
            standard.CopyTo(_bytes.AsSpan(end));
            _places[i] = new BytePlace(end, standard.Length);
            end += standard.Length;
        }
    }

    /// <summary>Adds the standard forms to a dictionary, notes the code of each raw value, and lets go of the forms.</summary>
    public void Encode(ValueDictionary values, Span<int> codeOf)
    {
        double share = (double)(_first + _places.Length) / _raw.Count;
        values.GetOrAddAll(_bytes, _places, codeOf.Slice(_first, _places.Length), share);
        (_bytes, _places) = ([], []);
    }
}
