using System.Globalization;
using IdentityResolution.Internals;
using IdentityResolution.Matching;

namespace IdentityResolution.Identity;

/// <summary>For each record of a run, the strongest link that joins it to another record of its cluster.</summary>
/// <remarks>Does not depend on the order in which links are offered.</remarks>
internal sealed class RecordEvidence
{
    private readonly LinkEvidence[] _strongest;

    /// <summary>Evidence of records that nothing links yet.</summary>
    /// <param name="recordCount">How many records the run has.</param>
    /// <param name="rules">Names of the match rules, and of the score, in order of precedence; at most 32767.</param>
    public RecordEvidence(int recordCount, IReadOnlyList<string> rules)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rules.Count, short.MaxValue, nameof(rules));
        Rules = rules;
        _strongest = GC.AllocateUninitializedArray<LinkEvidence>(recordCount);
        Array.Fill(_strongest, LinkEvidence.None);
    }

    /// <summary>Names of the match rules, and of the score, in order of precedence.</summary>
    public IReadOnlyList<string> Rules { get; }

    /// <summary>How many records the run has.</summary>
    public int Count => _strongest.Length;

    /// <summary>The links: they tell which link merged two ids; null = not known.</summary>
    public LargeArray<RecordLink>? Links { get; private init; }

    /// <summary>The strongest link of a record.</summary>
    public ref readonly LinkEvidence this[int record] => ref _strongest[record];

    /// <summary>Evidence as the rows of a store have it: rule and probability; weights are not known.</summary>
    /// <param name="state">The store.</param>
    /// <param name="rowOf">The row of every record.</param>
    public static RecordEvidence FromRows(IdentityState state, int[] rowOf)
    {
        var evidence = new RecordEvidence(rowOf.Length, state.Names);
        for (int record = 0; record < rowOf.Length; record++)
        {
            int probability = state.ProbabilityOf(rowOf[record]);
            if (probability != Millionths.None)
            {
                evidence._strongest[record] = new LinkEvidence((short)state.NameOf(rowOf[record]), LinkEvidence.NoWeight, probability);
            }
        }
        return evidence;
    }

    /// <summary>Evidence from the links that hold, named by judgement, match rule or score.</summary>
    /// <param name="recordCount">How many records the run has.</param>
    /// <param name="rules">The model's match rules, in order of precedence.</param>
    /// <param name="links">The links, each within one cluster, in any order.</param>
    public static RecordEvidence FromLinks(int recordCount, IReadOnlyList<MatchRule> rules, LargeArray<RecordLink> links)
    {
        var evidence = new RecordEvidence(recordCount, NamesOf(rules)) { Links = links };
        evidence.Offer(links.Span);
        return evidence;
    }

    /// <summary>What can link records, in order of precedence: judgements, the match rules, the score.</summary>
    public static string[] NamesOf(IReadOnlyList<MatchRule> rules) => [Link.JudgementName, .. rules.Select(rule => rule.Name), Link.ScoreName];

    /// <summary>What a link of the run says.</summary>
    public LinkEvidence Of(in RecordLink link) => link.Rule == RecordLink.ByScore
        ? new LinkEvidence((short)(Rules.Count - 1), link.Weight, (int)Math.Round(link.Probability * 1_000_000))
        : new LinkEvidence((short)(link.Rule + 1), LinkEvidence.NoWeight, 1_000_000);

    /// <summary>Asks the memory for the evidence of a record.</summary>
    public void Fetch(int record) => Ahead.Fetch(_strongest, record);

    /// <summary>Keeps the evidence when it is stronger than what the record has.</summary>
    public void Offer(int record, in LinkEvidence evidence)
    {
        ref LinkEvidence strongest = ref _strongest[record];
        if (evidence.IsStrongerThan(in strongest))
        {
            strongest = evidence;
        }
    }

    private void Offer(ReadOnlySpan<RecordLink> links)
    {
        for (int i = 0; i < links.Length; i++)
        {
            // One end of a link stands anywhere.
            ref readonly RecordLink later = ref links[Math.Min(i + Ahead.Distance, links.Length - 1)];
            Ahead.Fetch(_strongest, later.Left);
            Ahead.Fetch(_strongest, later.Right);
            ref readonly RecordLink link = ref links[i];
            LinkEvidence own = Of(in link);
            Offer(link.Left, in own);
            Offer(link.Right, in own);
        }
    }

    /// <summary>The evidence as the reason of a change: the rule's name, with the weight in bits if there is one.</summary>
    public string Describe(LinkEvidence evidence)
    {
        if (evidence.IsNone)
        {
            return string.Empty;
        }
        string rule = Rules[evidence.Rule];
        return evidence.WeightMillibits == LinkEvidence.NoWeight
            ? rule
            : string.Create(CultureInfo.InvariantCulture, $"{rule} {evidence.WeightMillibits / 1000m:0.000} bits");
    }
}
