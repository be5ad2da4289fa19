using System.Buffers;

namespace IdentityResolution.Standardization.Text;

/// <summary>A standardizer that takes what steps make of the raw value.</summary>
internal sealed class SteppedStandardizer(IStandardizer inner, TextStep[] steps) : IStandardizer
{
    /// <inheritdoc />
    public int MaxLength(int rawLength) => inner.MaxLength(LengthAfterSteps(rawLength));

    /// <inheritdoc />
    public StandardizedLength Standardize(ReadOnlySpan<char> raw, Span<char> destination)
    {
        int room = LengthAfterSteps(raw.Length);
        char[] rented = ArrayPool<char>.Shared.Rent(checked(2 * room));
        try
        {
            Span<char> from = rented.AsSpan(0, room);
            Span<char> to = rented.AsSpan(room, room);
            raw.CopyTo(from);
            int length = raw.Length;
            foreach (TextStep step in steps)
            {
                length = step.Apply(from[..length], to);
                Span<char> swap = from;
                from = to;
                to = swap;
            }
            return inner.Standardize(from[..length], destination);
        }
        finally
        {
            ArrayPool<char>.Shared.Return(rented);
        }
    }

    // The longest that the text gets on its way.
    private int LengthAfterSteps(int rawLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rawLength);
        long length = rawLength;
        foreach (TextStep step in steps)
        {
            length = Math.Min(step.MaxLength(length), Array.MaxLength);
        }
        return (int)Math.Max(1, length);
    }
}
