using System.Runtime.InteropServices;
using IdentityResolution.Internals;
using IdentityResolution.Records;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>A run of the raw values of one column, standardized apart from the others and numbered in their turn.</summary>
/// <param name="column">The column.</param>
/// <param name="first">The first raw value.</param>
/// <param name="count">How many there are.</param>
internal sealed class ValueRun(ColumnEncoding column, int first, int count) : IEncodingStep
{
    // Two numbers for each value: a pool of numbers is compiled already.
    private int[] _places = [];
    private byte[] _bytes = [];

    private Span<BytePlace> Places => MemoryMarshal.Cast<int, BytePlace>(_places.AsSpan(0, 2 * count));

    /// <summary>Makes the standard forms; those of missing values are empty.</summary>
    public void Standardize(StandardValueWriters writers)
    {
        StandardValueWriter writer = writers.Get(column.Field, column.Source);
        ValueDictionary raw = column.Raw.Values;
        _places = Scratch.Rent<int>(2 * count);
        Span<BytePlace> places = Places;
        int end = 0;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> standard = writer.Standardize(raw[first + i], column.Part);
            if (_bytes.Length - end < standard.Length)
            {
                Grow(end, Math.Max(end + standard.Length, (long)count * ((end / (i + 1)) + 8)));
            }
            standard.CopyTo(_bytes.AsSpan(end));
            places[i] = new BytePlace(end, standard.Length);
            end += standard.Length;
        }
    }

    /// <summary>Adds the standard forms to the dictionary, notes the code of each raw value, and lets go of the forms.</summary>
    public void Encode(ValueDictionary values)
    {
        double share = (double)(first + count) / column.Raw.Values.Count;
        values.GetOrAddAll(_bytes, Places, column.CodesOf(first, count), share);
        Scratch.Return(_places);
        Scratch.Return(_bytes);
        (_places, _bytes) = ([], []);
    }

    private void Grow(int used, long wanted)
    {
        byte[] grown = Scratch.Rent<byte>((int)Math.Min(Array.MaxLength, Math.Max(wanted, _bytes.Length * 5L / 4)));
        _bytes.AsSpan(0, used).CopyTo(grown);
        Scratch.Return(_bytes);
        _bytes = grown;
    }
}
