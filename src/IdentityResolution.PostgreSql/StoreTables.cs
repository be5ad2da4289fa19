namespace IdentityResolution.PostgreSql;

/// <summary>The names of a store's tables as they stand in SQL: quoted and with their schema, whatever that is called.</summary>
internal sealed class StoreTables
{
    /// <summary>What is made in the schema.</summary>
    public static readonly string[] Names =
    [
        "meta", "lookup", "customers", "runs", "changes", "long_texts", "history", "records", "links", "judgements", "models", "positions", "erasures",
        "past_rows", "past_customers", "undo_records", "undo_links", "undo_positions",
        "record_terms", "standard_values", "match_keys", "blocking_keys",
    ];

    /// <summary>The names of the tables in a schema.</summary>
    public StoreTables(string schema)
    {
        SchemaName = schema;
        Schema = $"\"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    /// <summary>The schema as the server knows it.</summary>
    public string SchemaName { get; }

    /// <summary>The schema, quoted.</summary>
    public string Schema { get; }

    public string Meta => $"{Schema}.meta";

    public string Lookup => $"{Schema}.lookup";

    public string Customers => $"{Schema}.customers";

    public string Runs => $"{Schema}.runs";

    public string Changes => $"{Schema}.changes";

    public string LongTexts => $"{Schema}.long_texts";

    public string History => $"{Schema}.history";

    public string Records => $"{Schema}.records";

    public string Links => $"{Schema}.links";

    public string Judgements => $"{Schema}.judgements";

    public string Models => $"{Schema}.models";

    public string Positions => $"{Schema}.positions";

    public string Erasures => $"{Schema}.erasures";

    public string PastRows => $"{Schema}.past_rows";

    public string PastCustomers => $"{Schema}.past_customers";

    public string RecordTerms => $"{Schema}.record_terms";

    public string UndoRecords => $"{Schema}.undo_records";

    public string UndoLinks => $"{Schema}.undo_links";

    public string UndoPositions => $"{Schema}.undo_positions";

    /// <summary>The value of a key column, or the long text that it refers to.</summary>
    public string Whole(string column) => $"""
        CASE WHEN {column} LIKE '{StoredText.Reference}%'
            THEN coalesce((SELECT t.text FROM {LongTexts} t WHERE t.key = {column}), {column}) ELSE {column} END
        """;
}
