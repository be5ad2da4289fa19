namespace IdentityResolution.Similarity.Kernels;

/// <summary>A strip of prepared values, or the part of it that some registers hold, and the text that they are compared with.</summary>
/// <param name="start">Where the part begins in the first row.</param>
/// <param name="rows">For each unit of the text, where its row stands in a strip. Bytes.</param>
/// <param name="textLength">How many units the text has, 1 to 64.</param>
/// <param name="shared">How many of the text's last units all values end in.</param>
/// <param name="mask">Where the low bits of each lane's length less those units stand.</param>
/// <param name="lengths">The lengths of the values, ascending; at least one.</param>
/// <param name="toNext">How far behind this strip the next one stands. Bytes.</param>
internal readonly unsafe ref struct StripPart(
    byte* start, nint* rows, int textLength, int shared, byte* mask, ReadOnlySpan<int> lengths, int toNext)
{
    public byte* Start { get; } = start;

    public nint* Rows { get; } = rows;

    public int TextLength { get; } = textLength;

    public int Shared { get; } = shared;

    public byte* Mask { get; } = mask;

    public ReadOnlySpan<int> Lengths { get; } = lengths;

    public int ToNext { get; } = toNext;
}
