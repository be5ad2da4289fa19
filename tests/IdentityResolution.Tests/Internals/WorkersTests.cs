using System.Collections.Concurrent;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Internals;

public class WorkersTests
{
    public static TheoryData<int> Threads => [0, 1, 2, 7];

    [Theory]
    [MemberData(nameof(Threads))]
    public void Every_piece_is_done_once(int threads)
    {
        var workers = new Workers(threads, CancellationToken.None);
        foreach (int pieces in new[] { 0, 1, 2, 100 })
        {
            var done = new int[pieces];
            workers.Run(pieces, piece => Interlocked.Increment(ref done[piece]));
            Assert.All(done, times => Assert.Equal(1, times));
            workers.Run(pieces, () => new object(), (piece, _) => Interlocked.Increment(ref done[piece]));
            Assert.All(done, times => Assert.Equal(2, times));
        }
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void No_two_threads_share_a_scratch_object(int threads)
    {
        var inUse = new ConcurrentDictionary<object, int>();
        new Workers(threads, CancellationToken.None).Run(200, () => new object(), (_, scratch) =>
        {
            Assert.True(inUse.TryAdd(scratch, 0));
            Assert.True(inUse.TryRemove(scratch, out int _));
        });
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void A_failure_comes_out_as_itself(int threads)
    {
        var workers = new Workers(threads, CancellationToken.None);
        Assert.Equal("here", Assert.Throws<FormatException>(() => workers.Run(50, _ => throw new FormatException("here"))).Message);
        Assert.Equal("there", Assert.Throws<FormatException>(() => workers.Run(50, () => 0, (_, _) => throw new FormatException("there"))).Message);
        Assert.Throws<FormatException>(() => workers.Run<int>(50, () => throw new FormatException(), (_, _) => { }));
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void Nothing_is_done_after_cancellation(int threads)
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        var workers = new Workers(threads, source.Token);
        Assert.ThrowsAny<OperationCanceledException>(() => workers.Run(3, _ => Assert.Fail("A piece ran.")));
        Assert.ThrowsAny<OperationCanceledException>(() => workers.Run(3, () => 0, (_, _) => Assert.Fail("A piece ran.")));
    }

    [Theory]
    [MemberData(nameof(Threads))]
    public void Cancellation_stops_between_pieces(int threads)
    {
        using var source = new CancellationTokenSource();
        var workers = new Workers(threads, source.Token);
        int done = 0;
        Assert.ThrowsAny<OperationCanceledException>(() => workers.Run(1_000_000, _ =>
        {
            if (Interlocked.Increment(ref done) == 10)
            {
                source.Cancel();
            }
        }));
        Assert.InRange(done, 10, 999_999);
    }

    [Fact]
    public void No_number_means_one_thread_per_processor()
    {
        Assert.Equal(Environment.ProcessorCount, new Workers(0, CancellationToken.None).Count);
        Assert.Equal(3, new Workers(3, CancellationToken.None).Count);
    }
}
