namespace IdentityResolution.Tests.Lookup;

/// <summary>Runs around a record that will be erased: others come, change and go in between, so that pages are split, merged and hold old versions of it.</summary>
/// <param name="secret">A value that only the record has.</param>
/// <param name="erased">The record.</param>
internal sealed class ErasureWorld(string secret, RecordKey erased)
{
    public static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A value of all other records.</summary>
    public const string Neighbour = "neighbour";

    public int Runs { get; private set; }

    /// <summary>The next commit, which erases the record.</summary>
    public LookupCommit Erasure => new("erase", At.AddDays(1), "abc", [], [new EntityState("C0", 1, null) { IsRetired = true }], [])
    {
        RemovedRows = [erased],
        ExpectedRunCount = Runs,
    };

    /// <summary>Writes runs.</summary>
    public async Task FillAsync(ILiveStore store, int runs, int seed, CancellationToken token)
    {
        var random = new Random(seed);
        for (; Runs < runs; Runs++)
        {
            RecordKey[] keys = [.. Enumerable.Range(0, 60).Select(_ => new RecordKey("crm", $"secret-ie-{random.Next(1, 900)}")).Distinct()];
            RecordKey[] removed = [.. keys.Take(random.Next(30))];
            RecordKey[] kept = [.. keys.Except(removed), erased];
            DateTimeOffset at = At.AddMinutes(Runs);
            string run = $"run {Runs}";
            await store.CommitAsync(
                new LookupCommit(
                    run,
                    at,
                    "abc",
                    [.. kept.Select(key => new LookupRow(key, "C0", "email", random.Next(1_000_000) / 1e6))],
                    Runs == 0 ? [new EntityState("C0", 1, null)] : [],
                    [.. kept.Select(key => new EntityChange(EntityChangeKind.Joined, "C0", null, key, "email", run, at))])
                {
                    RemovedRows = Runs == 0 ? [] : removed,
                    Records =
                    [
                        .. kept.Select(key => SourceRecord.Create(
                            key.Source, key.Id, ("name", (key == erased ? secret : Neighbour) + new string('x', random.Next(400))), ("n", $"{Runs}"))),
                    ],
                    Links = [.. kept.Where(key => key != erased).Select(key => new Link(key, erased, "email", 1, null))],
                    Judgements = [new Judgement(kept[0], erased, JudgementDecision.Same) { Note = secret }],
                    ExpectedRunCount = Runs,
                },
                token);
        }
    }

    /// <summary>Writes a run whose model makes match and blocking keys of the names.</summary>
    public async Task AddModelAsync(ILiveStore store, CancellationToken token)
    {
        IdentityModel model = new IdentityModelBuilder().Field("name", FieldKind.Text).MatchOn("name").BlockOn("name.words").Build();
        await store.CommitAsync(new LookupCommit("model", At.AddHours(1), "abc", [], [], []) { Model = model.ToJson() }, token);
        Runs++;
    }
}
