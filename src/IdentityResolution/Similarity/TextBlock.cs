using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using IdentityResolution.Similarity.Kernels;

namespace IdentityResolution.Similarity;

/// <summary>Values of a <see cref="TextColumn"/> prepared for comparing many texts with all of them: the fastest form of one against many.</summary>
/// <remarks>
/// Results stand in the order of <see cref="Codes"/>: by length, and where many values of like length end alike, those together. Every result is to the last bit that of the comparison
/// of the two texts by themselves. Values of up to 64 units are compared in lanes, up to 256 at once (AVX-512 or AVX2); longer values and
/// texts, values with units past the 255 kinds that a block tells apart, and other machines take the path of <see cref="TextColumn"/>. A
/// value takes 8, 16, 32 or 64 bits by its length for each kind of unit in the block: some tens of bytes for a name, some hundreds for an
/// address, and at least some kilobytes for a block. It pays where some ten texts or more are compared with the same values.
/// After 128 texts <see cref="Indel"/> without a cut-off lays values out once more, bit by bit, where that pays (from some 200 values of like length
/// on): half as many bytes again. Results never change; safe to use from several threads.
/// </remarks>
public sealed partial class TextBlock
{
    /// <summary>How many texts are compared strip by strip before slices are made, which takes about as long as they then save in as many texts.</summary>
    internal const int TextsBeforeSlices = 128;

    private readonly TextColumn _column;
    private readonly int[] _codes;
    private readonly Strips? _strips;
    private readonly LanePath _path;
    private Slices? _slices;
    private int _textCount;

    internal TextBlock(TextColumn column, ReadOnlySpan<int> codes, LanePath path)
    {
        _column = column;
        _path = path;
        _codes = new int[codes.Length];
        if (path == LanePath.Pairs)
        {
            codes.CopyTo(_codes);
            return;
        }
        var symbols = new Symbols();
        // Ascending by length; what has no lane stands behind. Endings that many values share then gather those, within one width of lanes.
        long[] order = new long[codes.Length];
        var endings = new Ending[codes.Length];
        using var scratch = new Scratch<char>(stackalloc char[Strips.MaxLength], Strips.MaxLength);
        Span<byte> numbers = stackalloc byte[Ending.MaxLength + Strips.MaxLength];
        numbers[..Ending.MaxLength].Clear();
        int count = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            int length = column.LengthOf(codes[i]);
            bool hasLane = length <= Strips.MaxLength && symbols.TryAdd(column.Copy(codes[i], scratch.Span), numbers[Ending.MaxLength..]);
            order[i] = ((hasLane ? length : Strips.MaxLength + 1L) << 32) | (uint)i;
            if (hasLane)
            {
                endings[i] = Ending.Of(numbers[..(Ending.MaxLength + length)]);
                count++;
            }
        }
        Array.Sort(order);
        int[] lengths = new int[count];
        for (int slot = 0; slot < count; slot++)
        {
            lengths[slot] = (int)(order[slot] >> 32);
        }
        _strips = new Strips(lengths, symbols);
        var arrangement = new StripOrder(endings);
        for (int width = 0; width < _strips.Widths.Length; width++)
        {
            Strips.Width part = _strips.Widths[width];
            arrangement.Arrange(order.AsSpan(part.FirstSlot..part.EndSlot), Strips.RowBytes >> width);
        }
        for (int slot = 0; slot < order.Length; slot++)
        {
            _codes[slot] = codes[(int)order[slot]];
        }
        for (int slot = 0; slot < count; slot++)
        {
            _strips.Set(slot, column.Copy(_codes[slot], scratch.Span), endings[(int)order[slot]]);
        }
    }

    /// <summary>How many values there are.</summary>
    public int Count => _codes.Length;

    /// <summary>The values' codes in the column, in the order of the results.</summary>
    public ReadOnlySpan<int> Codes => _codes;

    /// <summary>Memory held besides the column's. Bytes.</summary>
    public long AllocatedBytes => (_codes.LongLength * sizeof(int)) + (_strips?.AllocatedBytes ?? 0) + (Volatile.Read(ref _slices)?.AllocatedBytes ?? 0);

    [SkipLocalsInit]
    private unsafe void Compare<TMeasure, TResult>(ReadOnlySpan<char> text, Span<TResult> results, TMeasure measure)
        where TMeasure : struct, IManyMeasure<TResult>
        where TResult : unmanaged
    {
        if (results.Length != _codes.Length)
        {
            throw new ArgumentException($"{_codes.Length} values need as many results, but there is room for {results.Length}.", nameof(results));
        }
        int inLanes = 0;
        if (_strips is not null && text.Length is > 0 and <= Strips.MaxLength)
        {
            inLanes = _strips.Count;
            nint* rows = stackalloc nint[Strips.MaxLength];
            ulong signature = _strips.FindRows(text, rows, out Ending ending);
            Slices? slices = measure.UsesSlices ? SlicesOf(_strips) : null;
            if (slices is not null)
            {
                measure.CompareSlices(slices, rows, text.Length, in ending, results);
            }
            if (slices is null || slices.Count < inLanes)
            {
                new StripRun<TMeasure, TResult>(_strips, slices, measure, rows, text.Length, ending, signature, results[..inLanes]).Run(_path);
            }
        }
        if (inLanes < _codes.Length)
        {
            _column.Compare(text, _codes.AsSpan(inLanes), results[inLanes..], measure);
        }
    }

    /// <summary>The values bit by bit, once enough texts have come. Threads that ask at once may each make them; those of one are kept.</summary>
    private Slices? SlicesOf(Strips strips)
    {
        Slices? slices = Volatile.Read(ref _slices);
        if (slices is not null || Interlocked.Increment(ref _textCount) <= TextsBeforeSlices)
        {
            return slices;
        }
        return Interlocked.CompareExchange(ref _slices, MakeSlices(strips), null) ?? _slices;
    }

    private Slices MakeSlices(Strips strips)
    {
        var slices = new Slices(strips, _path == LanePath.Registers512 ? Vector512<byte>.Count : Vector256<byte>.Count);
        using var scratch = new Scratch<char>(stackalloc char[Strips.MaxLength], Strips.MaxLength);
        Span<byte> numbers = stackalloc byte[Ending.MaxLength + Strips.MaxLength];
        numbers[..Ending.MaxLength].Clear();
        for (int slot = 0; slot < strips.Count; slot++)
        {
            ReadOnlySpan<char> value = _column.Copy(_codes[slot], scratch.Span);
            strips.FindNumbers(value, numbers[Ending.MaxLength..]);
            slices.Set(slot, numbers.Slice(Ending.MaxLength, value.Length), Ending.Of(numbers[..(Ending.MaxLength + value.Length)]));
        }
        return slices;
    }
}
