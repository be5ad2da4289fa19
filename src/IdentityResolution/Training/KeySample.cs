using IdentityResolution.Internals;

namespace IdentityResolution.Training;

/// <summary>Draws records by a hash of their keys: as good as at random, repeatable, and independent of their order.</summary>
internal static class KeySample
{
    private const int RecordsPerPiece = 1 << 16;

    /// <summary>About a share of the records, ascending.</summary>
    /// <param name="hashOf">The hash of each record's key.</param>
    /// <param name="seed">Chooses them.</param>
    /// <param name="share">Which share; 1 and more = all.</param>
    /// <param name="workers">Threads.</param>
    public static int[] Share(ulong[] hashOf, ulong seed, double share, Workers workers)
    {
        ulong limit = share >= 1 ? ulong.MaxValue : (ulong)(share * ulong.MaxValue);
        var drawn = new int[(hashOf.Length + RecordsPerPiece - 1) / RecordsPerPiece][];
        workers.Run(drawn.Length, static () => new int[RecordsPerPiece], (piece, found) =>
        {
            int count = 0;
            for (int record = piece * RecordsPerPiece; record < Math.Min(hashOf.Length, (piece + 1) * RecordsPerPiece); record++)
            {
                if (StableHash.Of(hashOf[record], seed) <= limit)
                {
                    found[count++] = record;
                }
            }
            drawn[piece] = found[..count];
        });
        return [.. drawn.SelectMany(records => records)];
    }

    /// <summary>The records with the smallest hashes, in order of the hashes.</summary>
    /// <param name="hashOf">The hash of each record's key.</param>
    /// <param name="seed">Chooses them.</param>
    /// <param name="count">How many; all when there are fewer.</param>
    /// <param name="workers">Threads.</param>
    public static int[] First(ulong[] hashOf, ulong seed, int count, Workers workers)
    {
        const double Spare = 1.02;
        double share = Spare * count / Math.Max(1, hashOf.Length);
        int[] order = Share(hashOf, seed, share, workers);
        while (order.Length < Math.Min(count, hashOf.Length))
        {
            share *= Spare;
            order = Share(hashOf, seed, share, workers);
        }
        uint[] tops = new uint[order.Length];
        workers.Run((order.Length + RecordsPerPiece - 1) / RecordsPerPiece, piece =>
        {
            for (int i = piece * RecordsPerPiece; i < Math.Min(order.Length, (piece + 1) * RecordsPerPiece); i++)
            {
                tops[i] = (uint)(StableHash.Of(hashOf[order[i]], seed) >> 32);
            }
        });
        ShortRadixSort.Sort(tops, order, bits: 32);
        // Few hashes begin with the same half; the other half orders them.
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && tops[end] == tops[start])
            {
                end++;
            }
            if (end - start > 1)
            {
                order.AsSpan(start, end - start).Sort((x, y) => StableHash.Of(hashOf[x], seed).CompareTo(StableHash.Of(hashOf[y], seed)));
            }
            start = end;
        }
        return order.Length > count ? order[..count] : order;
    }
}
