namespace IdentityResolution.Evaluation;

/// <summary>Names the records of the truth as the prediction names them, where the two files do not agree on the sources.</summary>
public sealed class KeyAlignment
{
    private readonly Dictionary<string, RecordKey>? _byId;

    private KeyAlignment(Dictionary<string, RecordKey>? byId) => _byId = byId;

    /// <summary>Are records recognized by their ids alone, because one side names no sources or none that the other knows?</summary>
    public bool IsByIdAlone => _byId is not null;

    /// <summary>Works out how to recognize the records of the truth.</summary>
    /// <param name="predicted">The predicted clusters.</param>
    /// <param name="truthHasSources">Does the truth name sources?</param>
    /// <param name="truthSources">The sources that the truth names.</param>
    /// <returns>The alignment.</returns>
    /// <exception cref="ArgumentException">Records would have to be recognized by id alone, but two sources of the prediction share an id.</exception>
    public static KeyAlignment Create(ClusterFile predicted, bool truthHasSources, IEnumerable<string> truthSources)
    {
        ArgumentNullException.ThrowIfNull(predicted);
        ArgumentNullException.ThrowIfNull(truthSources);
        var sources = predicted.Members.Select(member => member.Record.Source).ToHashSet(StringComparer.Ordinal);
        if (truthHasSources && predicted.HasSources && truthSources.Any(sources.Contains))
        {
            return new KeyAlignment(null);
        }
        var byId = new Dictionary<string, RecordKey>(StringComparer.Ordinal);
        foreach (ClusterMember member in predicted.Members)
        {
            if (!byId.TryAdd(member.Record.Id, member.Record))
            {
                throw new ArgumentException(
                    "The truth does not name the sources of the prediction, and record ids repeat between those, so records can't be recognized.",
                    nameof(predicted));
            }
        }
        return new KeyAlignment(byId);
    }

    /// <summary>The prediction's key of a record of the truth; the given key when the prediction lacks the record.</summary>
    /// <param name="key">The key in the truth.</param>
    /// <returns>The key in the prediction.</returns>
    public RecordKey Map(RecordKey key) => _byId is not null && _byId.TryGetValue(key.Id, out RecordKey known) ? known : key;

    /// <summary>The members with the prediction's keys.</summary>
    /// <param name="truth">The true clusters.</param>
    /// <returns>As many members.</returns>
    public IEnumerable<ClusterMember> Map(IEnumerable<ClusterMember> truth)
    {
        ArgumentNullException.ThrowIfNull(truth);
        return truth.Select(member => member with { Record = Map(member.Record) });
    }

    /// <summary>The pairs with the prediction's keys.</summary>
    /// <param name="pairs">The labelled pairs.</param>
    /// <returns>As many pairs.</returns>
    public IEnumerable<LabelledPair> Map(IEnumerable<LabelledPair> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return pairs.Select(pair => new LabelledPair(Map(pair.Left), Map(pair.Right), pair.IsMatch));
    }
}
