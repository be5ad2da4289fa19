using IdentityResolution.Blocking;
using IdentityResolution.Internals;

namespace IdentityResolution.Matching;

/// <summary>What the match rules found: the pairs of all rules in one array, rule after rule.</summary>
internal sealed class RuleLinks
{
    private readonly int[] _ends;

    /// <summary>Creates the list.</summary>
    /// <param name="all">The pairs.</param>
    /// <param name="ends">Where the pairs of each rule end.</param>
    /// <param name="oversized">What the cap of each rule kept out.</param>
    public RuleLinks(LargeArray<RecordLink> all, int[] ends, OversizedBlocks[] oversized) => (All, _ends, Oversized) = (all, ends, oversized);

    /// <summary>Nothing of no rules.</summary>
    public static RuleLinks None { get; } = new(Array.Empty<RecordLink>(), [], []);

    /// <summary>Pairs of all rules, in model order.</summary>
    public LargeArray<RecordLink> All { get; }

    /// <summary>Combinations of values that more records share than each rule's cap; in model order.</summary>
    public IReadOnlyList<OversizedBlocks> Oversized { get; }

    /// <summary>The pairs of one rule: links, or what it suggests.</summary>
    public Span<RecordLink> this[int rule] => All.Span[(rule == 0 ? 0 : _ends[rule - 1]).._ends[rule]];
}
