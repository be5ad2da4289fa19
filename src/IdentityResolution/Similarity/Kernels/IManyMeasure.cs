namespace IdentityResolution.Similarity.Kernels;

/// <summary>A measure that compares one text with many. The three ways of comparing give the same result to the last bit.</summary>
internal interface IManyMeasure<TResult>
    where TResult : unmanaged
{
    /// <summary>Decides from lengths and signatures alone that a pair lies beyond the cut-off.</summary>
    bool TryReject(int leftLength, ulong leftSignature, int rightLength, ulong rightSignature, out TResult result);

    /// <summary>One pair of byte texts.</summary>
    TResult Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right);

    /// <summary>One pair of UTF-16 texts.</summary>
    TResult Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right);

    /// <summary>A pattern of 1 to 64 bytes against the texts of a group, none of them empty nor over 64 bytes.</summary>
    unsafe void CompareGroup<T, TLookup>(
        TLookup lookup, ReadOnlySpan<byte> left, ref readonly LaneGroup group, ref byte arena, byte* rows, Span<TResult> results)
        where T : unmanaged
        where TLookup : struct, ILaneLookup<T>;

    /// <summary>Decides from lengths and signatures alone that all of some prepared values lie beyond the cut-off.</summary>
    bool TryRejectAll(Strips strips, int firstSlot, int endSlot, ulong leftSignature, int leftLength, out TResult result);

    /// <summary>Whether values that stand in slices are compared there, and only the others strip by strip.</summary>
    bool UsesSlices { get; }

    /// <summary>A text of 1 to 64 units against all values that stand in slices; only where the measure uses them.</summary>
    /// <param name="slices">The values.</param>
    /// <param name="rows">For each unit of the text, where its row stands in a strip. Bytes.</param>
    /// <param name="textLength">How many units the text has.</param>
    /// <param name="ending">The text's ending.</param>
    /// <param name="results">Receives a result for each of them, at its slot.</param>
    unsafe void CompareSlices(Slices slices, nint* rows, int textLength, in Ending ending, Span<TResult> results);

    /// <summary>A text of 1 to 64 units against prepared values.</summary>
    /// <param name="part">The values and the text.</param>
    /// <param name="results">Receives a result for each lane, whether there is a value in it or not.</param>
    unsafe void CompareStrip<TLanes, TRegister>(ref readonly StripPart part, TResult* results)
        where TLanes : ILanes<TRegister>
        where TRegister : struct;
}
