using IdentityResolution.Internals;

namespace IdentityResolution;

/// <summary>What a run learns from its store: first the little that its records are looked at with, then the lookup table, while they are read.</summary>
internal sealed class StoreReading
{
    private StoreReading(ILiveStore? live, Task<StoreKnowledge> knowledge, Task<LookupState?> state)
    {
        Live = live;
        Knowledge = knowledge;
        State = state;
    }

    /// <summary>The store, when it keeps the run's records; else null.</summary>
    public ILiveStore? Live { get; }

    /// <summary>The little.</summary>
    public Task<StoreKnowledge> Knowledge { get; }

    /// <summary>The lookup table; null = no store.</summary>
    public Task<LookupState?> State { get; }

    /// <summary>Begins to read.</summary>
    /// <param name="store">The store; null = none.</param>
    /// <param name="options">How to run.</param>
    /// <param name="clock">Times the stage.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static StoreReading Start(ILookupStore? store, ResolverOptions options, StageClock clock, CancellationToken cancellationToken)
    {
        ILiveStore? live = options.KeepRecords ? store as ILiveStore : null;
        Task<StoreKnowledge> knowledge = LearnAsync(store, live, options.Judgements, cancellationToken);
        return new StoreReading(live, knowledge, LoadAsync(store, knowledge, clock, cancellationToken));
    }

    private static async Task<StoreKnowledge> LearnAsync(
        ILookupStore? store, ILiveStore? live, IReadOnlyList<Judgement> given, CancellationToken cancellationToken)
    {
        (IReadOnlyList<Judgement> judgements, IReadOnlyList<Judgement> added) = await StoredRecords.JudgementsAsync(store, given, cancellationToken).ConfigureAwait(false);
        return live is null
            ? new StoreKnowledge(judgements, added, null, false)
            : new StoreKnowledge(
                judgements,
                added,
                await KnownRun.FindAsync(live, cancellationToken).ConfigureAwait(false),
                await live.OwesTermsAsync(cancellationToken).ConfigureAwait(false));
    }

    private static async Task<LookupState?> LoadAsync(ILookupStore? store, Task<StoreKnowledge> knowledge, StageClock clock, CancellationToken cancellationToken)
    {
        // One after the other: stores take one caller at a time.
        await knowledge.ConfigureAwait(false);
        return store is null ? null : await clock.RunAsync("load", () => store.LoadAsync(cancellationToken)).ConfigureAwait(false);
    }
}

/// <summary>What a run learns from its store before the lookup table.</summary>
/// <param name="Judgements">All judgements that hold for the run.</param>
/// <param name="NewJudgements">Those that the store does not have yet.</param>
/// <param name="LastBatch">The batch that wrote to the store last; null = none, or it is not known.</param>
/// <param name="OwesTerms">Will the next write make or clear the terms of all records?</param>
internal sealed record StoreKnowledge(IReadOnlyList<Judgement> Judgements, IReadOnlyList<Judgement> NewJudgements, KnownRun? LastBatch, bool OwesTerms);
