namespace IdentityResolution.Lookup;

/// <summary>What the last run that changed anything replaced; kept to take it back.</summary>
internal sealed class MemoryUndo(string runId, int judgementCount, string? model)
{
    public string RunId { get; } = runId;

    public int JudgementCount { get; } = judgementCount;

    public string? Model { get; } = model;

    public Dictionary<RecordKey, MemoryRow?> Rows { get; } = [];

    public Dictionary<MemoryEntity, EntityState?> Entities { get; } = [];

    public Dictionary<RecordKey, SourceRecord?> Records { get; } = [];

    public Dictionary<RecordPair, Link?> Links { get; } = [];

    public (string Stream, string? Position)? Position { get; set; }
}
