namespace IdentityResolution.Similarity.Kernels;

/// <summary>Two registers' worth of prepared values, and the text that they are compared with. Two, since one would wait for its own results.</summary>
/// <param name="first">The strip of the first register.</param>
/// <param name="second">The strip of the second register, or its part of the first; may be the first again.</param>
/// <param name="rows">For each unit of the text, where its row stands in a strip. Bytes.</param>
/// <param name="textLength">How many units the text has, 1 to 64.</param>
/// <param name="shortest">The least length of the values.</param>
/// <param name="longest">The greatest length of the values.</param>
/// <param name="slot">The first value's slot.</param>
/// <param name="strips">All strips.</param>
internal readonly unsafe ref struct StripPair(
    byte* first, byte* second, int* rows, int textLength, int shortest, int longest, int slot, Strips strips)
{
    public byte* First { get; } = first;

    public byte* Second { get; } = second;

    public int* Rows { get; } = rows;

    public int TextLength { get; } = textLength;

    public int Shortest { get; } = shortest;

    public int Longest { get; } = longest;

    public int Slot { get; } = slot;

    public Strips Strips { get; } = strips;
}
