namespace IdentityResolution.Internals;

/// <summary>What a run works with: threads and memory. Runs numbered pieces of work on several threads; the only place where the engine makes parallel loops.</summary>
/// <remarks>A piece must write only to what its number owns, so results do not depend on the number of threads.</remarks>
internal sealed class Workers
{
    private readonly ParallelOptions _options;

    /// <summary>Sets how many threads may work.</summary>
    /// <param name="threads">Most threads; 0 = one per processor.</param>
    /// <param name="cancellationToken">Checked before each piece.</param>
    public Workers(int threads, CancellationToken cancellationToken)
    {
        Count = threads == 0 ? Environment.ProcessorCount : threads;
        CancellationToken = cancellationToken;
        _options = new ParallelOptions { MaxDegreeOfParallelism = Count, CancellationToken = cancellationToken };
    }

    /// <summary>The calling thread alone, with memory without a limit.</summary>
    public static Workers One { get; } = new(1, CancellationToken.None);

    /// <summary>Most threads.</summary>
    public int Count { get; }

    /// <summary>Where room for much is taken from.</summary>
    public MemoryBudget Memory { get; init; } = MemoryBudget.Unlimited;

    /// <summary>Stops the work.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>Runs <paramref name="piece"/> for 0 .. <paramref name="pieces"/> - 1.</summary>
    public void Run(int pieces, Action<int> piece)
    {
        if (Count == 1 || pieces <= 1)
        {
            for (int i = 0; i < pieces; i++)
            {
                CancellationToken.ThrowIfCancellationRequested();
                piece(i);
            }
            return;
        }
        Rethrow(() => Parallel.For(0, pieces, _options, piece));
    }

    /// <summary>Runs <paramref name="piece"/> for 0 .. <paramref name="pieces"/> - 1, lending each thread a scratch object of its own.</summary>
    public void Run<TScratch>(int pieces, Func<TScratch> createScratch, Action<int, TScratch> piece)
    {
        if (Count == 1 || pieces <= 1)
        {
            TScratch scratch = createScratch();
            for (int i = 0; i < pieces; i++)
            {
                CancellationToken.ThrowIfCancellationRequested();
                piece(i, scratch);
            }
            return;
        }
        Rethrow(() => Parallel.For(
            0,
            pieces,
            _options,
            createScratch,
            (i, _, scratch) =>
            {
                piece(i, scratch);
                return scratch;
            },
            static _ => { }));
    }

    // A single failure comes out as itself, as it would on one thread.
    private static void Rethrow(Action work)
    {
        try
        {
            work();
        }
        catch (AggregateException exception) when (exception.InnerExceptions.Count > 0)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Capture(exception.InnerExceptions[0]).Throw();
        }
    }
}
