namespace IdentityResolution;

/// <summary>One change for a <see cref="LiveIndex"/>: a record that is new or different, a record that went, or a person's judgement.</summary>
public abstract record LiveOperation
{
    private protected LiveOperation()
    {
    }

    /// <summary>A record is new, or says something else now.</summary>
    /// <param name="record">The record as it is now, with all its columns.</param>
    /// <returns>The operation.</returns>
    public static LiveOperation Upsert(SourceRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return new UpsertOperation(record);
    }

    /// <summary>A record is no more in its source.</summary>
    /// <param name="key">The record.</param>
    /// <returns>The operation.</returns>
    public static LiveOperation Delete(RecordKey key) => new DeleteOperation(key);

    /// <summary>A source was emptied: every record of it is gone.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The operation.</returns>
    public static LiveOperation DeleteAll(string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(source);
        return new DeleteAllOperation(source);
    }

    /// <summary>A person has decided about two records.</summary>
    /// <param name="judgement">The decision; without a time it gets that of the index's clock.</param>
    /// <returns>The operation.</returns>
    public static LiveOperation Judge(Judgement judgement)
    {
        ArgumentNullException.ThrowIfNull(judgement);
        return new JudgeOperation(judgement);
    }
}

/// <summary>See <see cref="LiveOperation.Upsert"/>.</summary>
internal sealed record UpsertOperation(SourceRecord Record) : LiveOperation;

/// <summary>See <see cref="LiveOperation.Delete"/>.</summary>
internal sealed record DeleteOperation(RecordKey Key) : LiveOperation;

/// <summary>See <see cref="LiveOperation.Judge"/>.</summary>
internal sealed record JudgeOperation(Judgement Judgement) : LiveOperation;

/// <summary>See <see cref="LiveOperation.DeleteAll"/>.</summary>
internal sealed record DeleteAllOperation(string Source) : LiveOperation;
