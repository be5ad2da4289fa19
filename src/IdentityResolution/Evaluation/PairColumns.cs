namespace IdentityResolution.Evaluation;

/// <summary>Where a file of pairs holds the keys of its records.</summary>
internal readonly record struct PairColumns(int Left, int Right, int LeftSource, int RightSource)
{
    private static readonly string[] LeftNames = ["record_id_l", "record_id_left", "left_record_id", "unique_id_l", "id_l", "id_left", "left_id", "left"];
    private static readonly string[] RightNames = ["record_id_r", "record_id_right", "right_record_id", "unique_id_r", "id_r", "id_right", "right_id", "right"];
    private static readonly string[] LeftSourceNames = ["source_l", "source_left", "left_source", "source_dataset_l"];
    private static readonly string[] RightSourceNames = ["source_r", "source_right", "right_source", "source_dataset_r"];

    /// <summary>Are both sources named?</summary>
    public bool HasSources => LeftSource >= 0 && RightSource >= 0;

    /// <summary>Does the file have both record ids of a pair?</summary>
    public static bool AreIn(LabelTable table) => table.Find(LeftNames) >= 0 && table.Find(RightNames) >= 0;

    /// <summary>Finds the columns by their usual names.</summary>
    /// <exception cref="InvalidRecordException">A record id is missing; the message lists the columns that exist.</exception>
    public static PairColumns Find(LabelTable table) => new(
        table.Find("left record id (record_id_l)", null, LeftNames),
        table.Find("right record id (record_id_r)", null, RightNames),
        table.Find(LeftSourceNames),
        table.Find(RightSourceNames));

    /// <summary>The records of a row.</summary>
    /// <exception cref="InvalidRecordException">A value is empty.</exception>
    public (RecordKey Left, RecordKey Right) Read(LabelTable table, int row) => (
        new RecordKey(HasSources ? table.Required(row, LeftSource) : string.Empty, table.Required(row, Left)),
        new RecordKey(HasSources ? table.Required(row, RightSource) : string.Empty, table.Required(row, Right)));
}
