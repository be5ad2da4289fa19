using IdentityResolution.Blocking;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Matching;

/// <summary>The links of a match rule with one key and no other condition: all records of a value are tied to one of them.</summary>
/// <remarks>
/// n - 1 links join n records as well as n(n - 1)/2 do. Passes over the records, in order, and one small table per value: nothing is sorted.
/// The record that the others of its value are tied to is the one whose key has the smallest hash, so it does not depend on the order of records.
/// </remarks>
internal sealed class ValueStars
{
    private const int RecordsPerPiece = 1 << 18;
    private readonly FeatureMap _feature;
    private readonly int _rule;
    private readonly int _records;
    private readonly int[] _centres;
    private readonly int[] _counts;

    /// <summary>Finds the record in the middle of each value.</summary>
    /// <param name="keys">The keys of all records.</param>
    /// <param name="feature">The rule's key; no record has several values of it.</param>
    /// <param name="rule">The rule, by position in the model.</param>
    /// <param name="maxRecords">Records of the largest value that is followed.</param>
    public ValueStars(RecordKeyIndex keys, FeatureMap feature, int rule, int maxRecords)
    {
        (_feature, _rule, _records) = (feature, rule, keys.Count);
        _centres = Centres(keys, feature, maxRecords, out OversizedBlocks oversized);
        _counts = new int[(keys.Count + RecordsPerPiece - 1) / RecordsPerPiece];
        Oversized = oversized;
    }

    /// <summary>Values that more records share than are followed.</summary>
    public OversizedBlocks Oversized { get; }

    /// <summary>Into how many pieces the work is cut.</summary>
    public int Pieces => _counts.Length;

    /// <summary>How many links there are, once all pieces are counted.</summary>
    public int Count => _counts.Sum();

    /// <summary>Counts the links of a piece.</summary>
    public void CountPiece(int piece)
    {
        FeatureCodeReader codes = _feature.Codes;
        int end = EndOf(piece);
        int count = 0;
        for (int record = piece * RecordsPerPiece; record < end; record++)
        {
            Ahead.Fetch(_centres, Math.Max(0, codes[Math.Min(record + Ahead.Distance, end - 1)]));
            int value = codes[record];
            count += value >= 0 && _centres[value] is >= 0 and var centre && centre != record ? 1 : 0;
        }
        _counts[piece] = count;
    }

    /// <summary>Writes the links of a piece to their place among the rule's links.</summary>
    public void WritePiece(int piece, Span<RecordLink> links)
    {
        FeatureCodeReader codes = _feature.Codes;
        int next = _counts.Take(piece).Sum();
        int end = EndOf(piece);
        for (int record = piece * RecordsPerPiece; record < end; record++)
        {
            Ahead.Fetch(_centres, Math.Max(0, codes[Math.Min(record + Ahead.Distance, end - 1)]));
            int value = codes[record];
            if (value >= 0 && _centres[value] is >= 0 and var centre && centre != record)
            {
                links[next++] = RecordLink.ByRule(record, centre, _rule);
            }
        }
    }

    private int EndOf(int piece) => Math.Min(_records, (piece + 1) * RecordsPerPiece);

    // The record in the middle of each value; -1 = a value of one record, or of too many.
    private static int[] Centres(RecordKeyIndex keys, FeatureMap feature, int maxRecords, out OversizedBlocks oversized)
    {
        FeatureCodeReader codes = feature.Codes;
        int values = 0;
        for (int record = 0; record < keys.Count; record++)
        {
            values = Math.Max(values, codes[record] + 1);
        }
        var stars = new Star[values];
        for (int record = 0; record < keys.Count; record++)
        {
            Ahead.Fetch(stars, Math.Max(0, codes[Math.Min(record + Ahead.Distance, keys.Count - 1)]));
            int value = codes[record];
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
            centres[value] = star.Count <= 1 || star.Count > maxRecords ? -1 : star.Centre;
        }
        return centres;
    }

    // All about a value in one place: 16 bytes.
    private struct Star
    {
        public ulong Smallest;
        public int Centre;
        public int Count;
    }
}
