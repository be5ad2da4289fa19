using System.Collections.Concurrent;

namespace IdentityResolution.Sqlite;

/// <summary>Makes what the writing thread needs on another thread, a few thousand items ahead of it.</summary>
internal static class Ahead
{
    private const int Few = 4096;
    private const int ItemsPerBatch = 512;
    private const int MostBatches = 8;

    /// <summary>Goes through the items in order, made on another thread when they are many.</summary>
    /// <param name="items">The items; read on one thread.</param>
    /// <param name="make">Makes what is given out; called on the same thread as the items are read.</param>
    public static IEnumerable<TResult> Make<T, TResult>(IReadOnlyCollection<T> items, Func<T, TResult> make) =>
        items.Count < Few ? items.Select(make) : MakeMany(items, make);

    private static IEnumerable<TResult> MakeMany<T, TResult>(IReadOnlyCollection<T> items, Func<T, TResult> make)
    {
        using var batches = new BlockingCollection<List<TResult>>(MostBatches);
        using var stop = new CancellationTokenSource();
        Task making = Task.Run(() => Fill(items, make, batches, stop.Token), CancellationToken.None);
        try
        {
            foreach (List<TResult> batch in batches.GetConsumingEnumerable())
            {
                foreach (TResult item in batch)
                {
                    yield return item;
                }
            }
            // What went wrong on the other thread goes wrong here.
            making.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            ((IAsyncResult)making).AsyncWaitHandle.WaitOne();
        }
    }

    private static void Fill<T, TResult>(IReadOnlyCollection<T> items, Func<T, TResult> make, BlockingCollection<List<TResult>> batches, CancellationToken stop)
    {
        try
        {
            var batch = new List<TResult>(ItemsPerBatch);
            foreach (T item in items)
            {
                batch.Add(make(item));
                if (batch.Count == ItemsPerBatch)
                {
                    batches.Add(batch, stop);
                    batch = new List<TResult>(ItemsPerBatch);
                }
            }
            batches.Add(batch, stop);
        }
        finally
        {
            batches.CompleteAdding();
        }
    }
}
