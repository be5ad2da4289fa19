using System.Globalization;
using System.Text;

namespace IdentityResolution.Reference.Lookup;

/// <summary>Everything that a live store holds at one moment, in dictionaries.</summary>
public sealed class ReferenceState
{
    public Dictionary<RecordKey, LookupRow> Rows { get; private init; } = [];

    public Dictionary<string, EntityState> Entities { get; private init; } = [];

    public Dictionary<RecordKey, string> Records { get; private init; } = [];

    public Dictionary<RecordPair, Link> Links { get; private init; } = [];

    public List<Judgement> Judgements { get; private init; } = [];

    public Dictionary<string, string> Positions { get; private init; } = [];

    public string? Model { get; set; }

    /// <summary>A record's values as text.</summary>
    public static string Text(SourceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        var text = new StringBuilder();
        foreach ((string column, string? value) in record.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"{column}={value ?? "<null>"};");
        }
        return text.ToString();
    }

    public ReferenceState Copy() => new()
    {
        Rows = new(Rows),
        Entities = new(Entities),
        Records = new(Records),
        Links = new(Links),
        Judgements = [.. Judgements],
        Positions = new(Positions),
        Model = Model,
    };

    /// <summary>Removes a record, its row and its links.</summary>
    public void Remove(RecordKey key)
    {
        Rows.Remove(key);
        Records.Remove(key);
        foreach (RecordPair pair in Links.Keys.Where(pair => pair.Left == key || pair.Right == key).ToArray())
        {
            Links.Remove(pair);
        }
    }

    /// <summary>The current id, following redirects one by one; null when there is none.</summary>
    public string? Resolve(string entityId)
    {
        while (Entities.TryGetValue(entityId, out EntityState? entity) && !entity.IsRetired)
        {
            if (entity.SuccessorId is null)
            {
                return entityId;
            }
            entityId = entity.SuccessorId;
        }
        return null;
    }

    /// <summary>Everything as lines that can be compared; a redirect is told by where it leads.</summary>
    public string Describe()
    {
        var lines = new List<string>();
        lines.AddRange(Rows.Values.OrderBy(row => row.Key).Select(row => $"row {row}"));
        lines.AddRange(Entities.Values.OrderBy(entity => entity.CreatedSequence).Select(entity =>
            $"entity {entity.EntityId} {entity.CreatedSequence} {entity.IsRetired} -> {Resolve(entity.EntityId)}"));
        lines.AddRange(Records.OrderBy(record => record.Key).Select(record => $"record {record.Key} {record.Value}"));
        lines.AddRange(Links.OrderBy(link => link.Key.Left).ThenBy(link => link.Key.Right).Select(link =>
            $"link {link.Key.Left} {link.Key.Right} {link.Value.MatchedBy} {link.Value.MatchProbability:R} {link.Value.MatchWeight:R}"));
        lines.AddRange(Judgements.Select(judgement => $"judgement {judgement}"));
        lines.AddRange(Positions.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"position {entry.Key} {entry.Value}"));
        lines.Add($"model {Model}");
        return string.Join('\n', lines);
    }
}
