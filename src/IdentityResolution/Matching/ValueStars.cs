using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>The links of a match rule with one key and no other condition: all records of a value are tied to one of them.</summary>
/// <remarks>
/// n - 1 links join n records as well as n(n - 1)/2 do. Two passes over the records, in order, and one small table per value: nothing is sorted.
/// The record that the others of its value are tied to is the one whose key has the smallest hash, so it does not depend on the order of records.
/// </remarks>
internal static class ValueStars
{
    private const int RecordsPerPiece = 1 << 18;

    /// <summary>Ties the records.</summary>
    /// <param name="keys">The keys of all records.</param>
    /// <param name="feature">The rule's key.</param>
    /// <param name="rule">The rule, by position in the model.</param>
    /// <param name="maxRecords">Records of the largest value that is followed.</param>
    /// <param name="workers">Threads.</param>
    public static MatchRuleLinks Link(RecordKeyIndex keys, FeatureMap feature, int rule, int maxRecords, Workers workers)
    {
        int[] centres = Centres(keys, feature, maxRecords, out OversizedBlocks oversized);
        int pieces = (keys.Count + RecordsPerPiece - 1) / RecordsPerPiece;
        var starts = new int[pieces + 1];
        workers.Run(pieces, piece => starts[piece + 1] = Write(feature, centres, rule, piece, keys.Count, []));
        for (int piece = 0; piece < pieces; piece++)
        {
            starts[piece + 1] += starts[piece];
        }
        RecordLink[] links = GC.AllocateUninitializedArray<RecordLink>(starts[pieces]);
        workers.Run(pieces, piece => Write(feature, centres, rule, piece, keys.Count, links.AsSpan(starts[piece]..starts[piece + 1])));
        return new MatchRuleLinks(links, oversized);
    }

    // The record in the middle of each value; -1 = a value of one record, or of too many.
    private static int[] Centres(RecordKeyIndex keys, FeatureMap feature, int maxRecords, out OversizedBlocks oversized)
    {
        int values = 0;
        for (int record = 0; record < keys.Count; record++)
        {
            values = Math.Max(values, feature.CodeOf(record) + 1);
        }
        var stars = new Star[values];
        for (int record = 0; record < keys.Count; record++)
        {
            Ahead.Fetch(stars, Math.Max(0, feature.CodeOf(Math.Min(record + Ahead.Distance, keys.Count - 1))));
            int value = feature.CodeOf(record);
            if (value < 0)
            {
                continue;
            }
            ref Star star = ref stars[value];
            ulong hash = keys.Hash(record);
            if (star.Count++ == 0 || hash < star.Smallest || (hash == star.Smallest && keys.Compare(record, star.Centre) < 0))
            {
                star.Centre = record;
                star.Smallest = hash;
            }
        }
        int[] centres = GC.AllocateUninitializedArray<int>(values);
        oversized = OversizedBlocks.None;
        for (int value = 0; value < values; value++)
        {
            ref readonly Star star = ref stars[value];
            oversized = star.Count > maxRecords ? oversized.Add(star.Count) : oversized;
            centres[value] = star.Count == 1 || star.Count > maxRecords ? -1 : star.Centre;
        }
        return centres;
    }

    // Writes the links of a stretch of records, or counts them when there is no room.
    private static int Write(FeatureMap feature, int[] centres, int rule, int piece, int records, Span<RecordLink> links)
    {
        int end = Math.Min(records, (piece + 1) * RecordsPerPiece);
        int count = 0;
        for (int record = piece * RecordsPerPiece; record < end; record++)
        {
            Ahead.Fetch(centres, Math.Max(0, feature.CodeOf(Math.Min(record + Ahead.Distance, end - 1))));
            int value = feature.CodeOf(record);
            int centre = value < 0 ? -1 : centres[value];
            if (centre < 0 || centre == record)
            {
                continue;
            }
            if (count < links.Length)
            {
                links[count] = RecordLink.ByRule(record, centre, rule);
            }
            count++;
        }
        return count;
    }

    // All about a value in one place: 16 bytes.
    private struct Star
    {
        public ulong Smallest;
        public int Centre;
        public int Count;
    }
}
