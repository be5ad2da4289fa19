using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Clustering;

/// <summary>Records that links join, directly or through others.</summary>
/// <remarks>
/// Union-find without locks: each thread takes a stretch of the links, and a root is hung below a smaller one by compare-and-swap, so that the
/// root of a component is its first record whatever the order of the links. Source: Anderson and Woll (1991), "Wait-free Parallel Algorithms for
/// the Union-Find Problem", STOC; linking by index instead of rank.
/// </remarks>
internal static class ConnectedComponents
{
    private const int LinksPerPiece = 1 << 18;
    private const int RecordsPerPiece = 1 << 18;

    /// <summary>Numbers the components from 0 in order of their first record.</summary>
    /// <param name="records">How many records there are.</param>
    /// <param name="links">The links, in any order.</param>
    /// <param name="workers">Threads.</param>
    /// <param name="count">How many components there are.</param>
    /// <returns>The component of each record.</returns>
    public static int[] Number(int records, LargeArray<RecordLink> links, Workers workers, out int count)
    {
        int[] parents = GC.AllocateUninitializedArray<int>(records);
        ForPieces(records, workers, (_, start, end) =>
        {
            for (int record = start; record < end; record++)
            {
                parents[record] = record;
            }
        });
        workers.Run((links.Length + LinksPerPiece - 1) / LinksPerPiece, piece =>
        {
            int start = piece * LinksPerPiece;
            ReadOnlySpan<RecordLink> some = links.AsSpan(start, Math.Min(LinksPerPiece, links.Length - start));
            for (int i = 0; i < some.Length; i++)
            {
                // Records of a link stand anywhere: their parents are asked for first, then what those lead to.
                ref readonly RecordLink far = ref some[Math.Min(i + (2 * Ahead.Distance), some.Length - 1)];
                Ahead.Fetch(parents, far.Left);
                Ahead.Fetch(parents, far.Right);
                ref readonly RecordLink near = ref some[Math.Min(i + Ahead.Distance, some.Length - 1)];
                Ahead.Fetch(parents, parents[near.Left]);
                Ahead.Fetch(parents, parents[near.Right]);
                Join(parents, some[i].Left, some[i].Right);
            }
        });
        count = NumberRoots(parents, workers);
        return parents;
    }

    // Makes parents the numbers of components. A number stands as its complement as long as it has to be told from a parent.
    private static int NumberRoots(int[] parents, Workers workers)
    {
        int[] ends = new int[Pieces(parents.Length)];
        ForPieces(parents.Length, workers, (piece, start, end) =>
        {
            int roots = 0;
            for (int record = start; record < end; record++)
            {
                roots += parents[record] == record ? 1 : 0;
            }
            ends[piece] = roots;
        });
        for (int piece = 1; piece < ends.Length; piece++)
        {
            ends[piece] += ends[piece - 1];
        }
        ForPieces(parents.Length, workers, (piece, start, end) =>
        {
            int number = piece == 0 ? 0 : ends[piece - 1];
            for (int record = start; record < end; record++)
            {
                if (parents[record] == record)
                {
                    parents[record] = ~number++;
                }
            }
        });
        ForPieces(parents.Length, workers, (_, start, end) =>
        {
            for (int record = start; record < end; record++)
            {
                Ahead.Fetch(parents, parents[Math.Min(record + Ahead.Distance, end - 1)]);
                // What another thread has made of a record meanwhile is its component's number too.
                int parent = parents[record];
                while (parent >= 0)
                {
                    parent = parents[parent];
                }
                parents[record] = parent;
            }
        });
        ForPieces(parents.Length, workers, (_, start, end) => Complement(parents.AsSpan(start, end - start)));
        return ends.Length == 0 ? 0 : ends[^1];
    }

    private static void Complement(Span<int> numbers)
    {
        foreach (ref int number in numbers)
        {
            number = ~number;
        }
    }

    private static int Pieces(int records) => (records + RecordsPerPiece - 1) / RecordsPerPiece;

    private static void ForPieces(int records, Workers workers, Action<int, int, int> piece) =>
        workers.Run(Pieces(records), i => piece(i, i * RecordsPerPiece, Math.Min(records, (i + 1) * RecordsPerPiece)));

    private static void Join(int[] parents, int left, int right)
    {
        while (true)
        {
            left = Root(parents, left);
            right = Root(parents, right);
            if (left == right)
            {
                return;
            }
            (int smaller, int larger) = left < right ? (left, right) : (right, left);
            if (Interlocked.CompareExchange(ref parents[larger], smaller, larger) == larger)
            {
                return;
            }
        }
    }

    // Path halving. Another thread may have moved a record further up meanwhile: overwriting that costs steps, never the component.
    private static int Root(int[] parents, int record)
    {
        int parent = Volatile.Read(ref parents[record]);
        while (parent != record)
        {
            int grandparent = Volatile.Read(ref parents[parent]);
            if (grandparent != parent)
            {
                Volatile.Write(ref parents[record], grandparent);
            }
            record = parent;
            parent = grandparent;
        }
        return record;
    }
}
