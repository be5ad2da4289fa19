using System.Globalization;

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
        _strongest = new LinkEvidence[recordCount];
        Array.Fill(_strongest, LinkEvidence.None);
    }

    /// <summary>Names of the match rules, and of the score, in order of precedence.</summary>
    public IReadOnlyList<string> Rules { get; }

    /// <summary>How many records the run has.</summary>
    public int Count => _strongest.Length;

    /// <summary>The links, if kept: they tell which link merged two ids.</summary>
    public ReadOnlyMemory<EvidenceLink> Links { get; private init; }

    /// <summary>The strongest link of a record.</summary>
    public LinkEvidence this[int record] => _strongest[record];

    /// <summary>Evidence from the accepted links; links between two clusters (cut by a guard) do not count.</summary>
    public static RecordEvidence FromLinks(IReadOnlyList<string> rules, ReadOnlyMemory<EvidenceLink> links, ReadOnlySpan<int> clusterOf)
    {
        var evidence = new RecordEvidence(clusterOf.Length, rules) { Links = links };
        foreach (EvidenceLink link in links.Span)
        {
            if (clusterOf[link.Left] == clusterOf[link.Right])
            {
                evidence.Offer(link.Left, link.Evidence);
                evidence.Offer(link.Right, link.Evidence);
            }
        }
        return evidence;
    }

    /// <summary>Keeps the evidence when it is stronger than what the record has.</summary>
    public void Offer(int record, LinkEvidence evidence)
    {
        if (evidence.IsStrongerThan(_strongest[record]))
        {
            _strongest[record] = evidence;
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
