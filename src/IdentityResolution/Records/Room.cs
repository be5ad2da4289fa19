namespace IdentityResolution.Records;

/// <summary>How arrays that grow get their room.</summary>
internal static class Room
{
    private const double Spare = 1.06;
    private const double LargestStep = 16;

    /// <summary>The length to grow to: what the whole input is likely to need when its part read so far is known, else twice as much.</summary>
    /// <param name="length">The length that is used up.</param>
    /// <param name="share">The part of the input that was read, in (0, 1]; 0 = not known.</param>
    public static long Wanted(long length, double share) => share > 0
        ? (long)Math.Clamp(length / share * Spare, length * 1.25, length * LargestStep) + 16
        : length * 2;

    /// <summary>Moves the first elements into an array of another length; the rest of it is not cleared.</summary>
    public static void Resize<T>(ref T[] array, int length, int used)
        where T : unmanaged
    {
        T[] grown = GC.AllocateUninitializedArray<T>(length);
        array.AsSpan(0, used).CopyTo(grown);
        array = grown;
    }
}
