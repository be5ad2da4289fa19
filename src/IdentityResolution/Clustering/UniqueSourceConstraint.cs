using System.Numerics;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Clustering;

/// <summary>No two records of one source that holds no customer twice.</summary>
internal sealed class UniqueSourceConstraint : ClusterConstraint
{
    private readonly ulong[] _sourcesOf;

    public UniqueSourceConstraint(RecordKeyIndex keys, IReadOnlyList<string> uniqueSources)
        : base(Guard.UniqueSource, 0, RecordLink.ByJudgement)
    {
        ulong[] bits = [.. keys.Sources.Select(source => IndexOf(uniqueSources, source) is var unique and >= 0 ? 1UL << unique : 0)];
        _sourcesOf = new ulong[keys.Count];
        for (int record = 0; record < _sourcesOf.Length; record++)
        {
            _sourcesOf[record] = bits[keys.SourceOf(record)];
        }
    }

    public override void Mark(ReadOnlySpan<int> componentOf, Span<bool> marked)
    {
        var sources = new ulong[marked.Length];
        for (int record = 0; record < componentOf.Length; record++)
        {
            int component = componentOf[record];
            marked[component] |= (sources[component] & _sourcesOf[record]) != 0;
            sources[component] |= _sourcesOf[record];
        }
    }

    public override bool Separates(int left, int right) => (_sourcesOf[left] & _sourcesOf[right]) != 0;

    public override void Join(int winner, int loser) => _sourcesOf[winner] |= _sourcesOf[loser];

    public override int Detail(int left, int right) => BitOperations.TrailingZeroCount(_sourcesOf[left] & _sourcesOf[right]);

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (int i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], name, StringComparison.Ordinal))
            {
                return i;
            }
        }
        return -1;
    }
}
