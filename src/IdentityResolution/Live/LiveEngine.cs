using System.Collections.Concurrent;
using IdentityResolution.Internals;

namespace IdentityResolution.Live;

/// <summary>Applies changes to the state of a live index and says what is to be written.</summary>
/// <remarks>
/// Pairs of the changed records, and of blocks that pass their caps, are judged anew; then the components these pairs lie in, before or now, are
/// clustered again by the code of the batch. Since a component's clusters depend on nothing outside of it, the state is that of a batch over the same records.
/// </remarks>
internal sealed class LiveEngine(LiveState state, LiveOptions options)
{
    private const int ParallelFrom = 32;
    private const int RecordsPerPiece = 8;
    private readonly ConcurrentBag<PairFinder> _finders = [];

    /// <summary>Applies a change.</summary>
    /// <param name="changes">The change.</param>
    /// <param name="all">Are all records to be clustered anew, because the model is another one?</param>
    /// <param name="forgotten">Records whose judgements are erased with them; null = none.</param>
    /// <returns>What became of it.</returns>
    public ComponentUpdate Apply(ChangeSet changes, bool all, IReadOnlySet<RecordKey>? forgotten = null)
    {
        var workers = new Workers(options.Threads, CancellationToken.None);
        var seeds = new HashSet<int>();
        Encode(changes);
        RecordChange[] relinked = [.. changes.Records.Where(change => change.IsRelinked)];
        BlockChanges blocks = Foresee(relinked);
        Unlink(relinked, seeds);
        Relink(relinked);
        Discover(relinked, seeds, workers);
        blocks.Settle(seeds);
        foreach (RecordChange change in changes.Records)
        {
            if (change.Record is null)
            {
                state.Disappear(change.Place);
            }
            else
            {
                state.Appear(change.Place, change.Hash);
            }
        }
        Judge(changes, forgotten, seeds);
        if (all)
        {
            for (int record = 0; record < state.Keys.Count; record++)
            {
                seeds.Add(record);
            }
        }
        int[] gone = [.. changes.Records.Where(change => change.Record is null).Select(change => change.Place), .. changes.RowsOnly.Select(state.Find)];
        return ComponentUpdate.Of(state, seeds, gone, workers);
    }

    private void Encode(ChangeSet changes)
    {
        foreach (RecordChange change in changes.Records)
        {
            if (change.WasPresent)
            {
                change.Before = new int[state.Standardizer.FieldCount];
                state.Standardizer.Read(change.Place, change.Before);
            }
            if (change.Record is not null)
            {
                change.Now = new int[state.Standardizer.FieldCount];
                state.Standardizer.Encode(change.Record, change.Now);
            }
            change.IsRelinked = !change.Before.AsSpan().SequenceEqual(change.Now) || !change.WasPresent || change.Record is null;
        }
        state.Table.Extend();
        state.Compiled.Extend();
    }

    // Counts what each block will lose and win, and finds the pairs that will be lost, while everything is still as it was.
    private BlockChanges Foresee(RecordChange[] relinked)
    {
        var blocks = new BlockChanges(state);
        foreach (RecordChange change in relinked)
        {
            if (change.WasPresent)
            {
                state.Complete(change.Place);
                blocks.Count(change.Place, -1);
            }
            if (change.Record is not null)
            {
                state.Write(change.Place, change.Now);
                blocks.Count(change.Place, 1);
                if (change.WasPresent)
                {
                    state.Write(change.Place, change.Before);
                }
            }
        }
        blocks.Prepare();
        return blocks;
    }

    private void Unlink(RecordChange[] relinked, HashSet<int> seeds)
    {
        var neighbours = new List<int>();
        foreach (RecordChange change in relinked)
        {
            if (!change.WasPresent)
            {
                continue;
            }
            seeds.Add(change.Place);
            neighbours.Clear();
            state.Pairs.AddNeighbours(change.Place, neighbours);
            foreach (int other in neighbours)
            {
                seeds.Add(other);
                state.Pairs.Set(change.Place, other, PairState.None);
            }
            foreach (RuleBlocks rule in state.Rules.AllBlocks)
            {
                rule.Remove(change.Place);
            }
            state.SetComplete(change.Place, false);
        }
    }

    private void Relink(RecordChange[] relinked)
    {
        int[] nothing = [.. Enumerable.Repeat(-1, state.Standardizer.FieldCount)];
        foreach (RecordChange change in relinked)
        {
            state.Write(change.Place, change.Record is null ? nothing : change.Now);
            if (change.Record is not null)
            {
                foreach (RuleBlocks rule in state.Rules.AllBlocks)
                {
                    rule.Add(change.Place);
                }
            }
        }
    }

    private void Discover(RecordChange[] relinked, HashSet<int> seeds, Workers workers)
    {
        int[] places = [.. relinked.Where(change => change.Record is not null).Select(change => change.Place)];
        var found = new KeyValuePair<int, PairState>[places.Length][];
        if (places.Length < ParallelFrom || workers.Count == 1)
        {
            var scratch = new Dictionary<int, PairState>();
            Find(places, 0, places.Length, state.Finder, scratch, found);
        }
        else
        {
            int pieces = (places.Length + RecordsPerPiece - 1) / RecordsPerPiece;
            workers.Run(pieces, piece =>
            {
                PairFinder finder = _finders.TryTake(out PairFinder? idle) ? idle : new PairFinder(state.Rules, state.Compiled);
                Find(places, piece * RecordsPerPiece, Math.Min(places.Length, (piece + 1) * RecordsPerPiece), finder, [], found);
                _finders.Add(finder);
            });
        }
        for (int i = 0; i < places.Length; i++)
        {
            seeds.Add(places[i]);
            state.SetComplete(places[i], true);
            foreach ((int other, PairState pair) in found[i])
            {
                state.Pairs.Set(places[i], other, pair);
                seeds.Add(other);
            }
        }
    }

    private static void Find(
        int[] places, int first, int end, PairFinder finder, Dictionary<int, PairState> scratch, KeyValuePair<int, PairState>[][] found)
    {
        for (int i = first; i < end; i++)
        {
            finder.Find(places[i], scratch);
            found[i] = [.. scratch];
        }
    }

    private void Judge(ChangeSet changes, IReadOnlySet<RecordKey>? forgotten, HashSet<int> seeds)
    {
        foreach (Judgement judgement in changes.Judgements)
        {
            state.Judgements.Add(judgement);
        }
        if (state.Judgements.Count == 0)
        {
            return;
        }
        RecordKey[] touched =
        [
            .. changes.Judgements.SelectMany(judgement => new[] { judgement.Left, judgement.Right }),
            .. changes.Records.Select(change => state.Keys.Key(change.Place)).Concat(forgotten ?? Enumerable.Empty<RecordKey>()).Where(state.Judgements.Names),
        ];
        if (touched.Length == 0)
        {
            return;
        }
        var reached = new HashSet<RecordKey>();
        foreach (RecordKey key in touched)
        {
            state.Judgements.AddReached(key, reached, []);
        }
        seeds.UnionWith(reached.Select(state.Find).Where(record => record >= 0));
        if (forgotten is not null)
        {
            state.Judgements.Forget(forgotten);
        }
        SwitchStars(seeds);
    }

    /// <summary>Looks whether judgements keep records apart; if that is new, or no longer so, the pairs of whole blocks are judged anew, as a batch would have them.</summary>
    /// <param name="seeds">Receives the records whose pairs are different.</param>
    public void SwitchStars(HashSet<int> seeds)
    {
        bool apart = state.Judgements.KeepApart(state.IsPresent);
        if (apart == state.Rules.KeepsApart)
        {
            return;
        }
        var members = new List<int[]>();
        state.Rules.KeepsApart = false;
        foreach (int rule in state.Rules.StarRules())
        {
            RuleBlocks blocks = state.Rules.MatchBlocks[rule]!;
            members.AddRange(blocks.KeysOfBlocks(3).Where(key => blocks.IsActive(blocks.Count(key))).Select(key => blocks.Block(key).ToArray()));
        }
        state.Rules.KeepsApart = !apart;
        foreach (int record in members.SelectMany(block => block))
        {
            state.Complete(record);
        }
        state.Rules.KeepsApart = apart;
        var judge = new BlockChanges(state);
        foreach (int[] block in members)
        {
            judge.JudgeAll(block, seeds);
        }
    }
}
