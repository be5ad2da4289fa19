using System.Security.Cryptography;
using System.Text;
using IdentityResolution.Lookup;

namespace IdentityResolution.Tests.Lookup;

/// <summary>Standard values and keys that a store keeps beside the records.</summary>
public abstract partial class LiveStoreContractTests
{
    private static readonly byte[] TermSecret = [.. Enumerable.Range(1, 32).Select(number => (byte)number)];

    private static readonly IdentityModel[] TermModels =
    [
        TermModel(builder => builder.BlockOn("name.words").BlockOn("email.local", "born.year")),
        TermModel(builder => builder.BlockOn("name.words.metaphone", "born.year").BlockOn("name.minhash:2")),
    ];

    /// <summary>The store under test; the same contents whenever it is opened within one test, with whatever is told about terms.</summary>
    protected abstract ILiveStore OpenWith(RecordTermOptions? terms);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Terms_are_those_of_the_records_and_the_model_after_any_change(int seed)
    {
        var random = new Random(seed);
        RecordTermOptions options = seed == 3 ? RecordTermOptions.Keyed(TermSecret) : RecordTermOptions.Plain;
        IdentityModel model = TermModels[0];
        for (int step = 0; step < 16; step++)
        {
            // Who does not tell goes on with what is kept, unless that takes the secret.
            await using ILiveStore store = OpenWith(step > 0 && seed < 3 && random.Next(2) == 0 ? null : options);
            if (random.Next(6) == 0)
            {
                model = TermModels[random.Next(TermModels.Length)];
            }
            await using LiveIndex index = await LiveIndex.OpenAsync(store, model, cancellationToken: Token);
            RecordKey[] keys = [.. Enumerable.Range(0, 4).Select(_ => new RecordKey(random.Next(2) == 0 ? "crm" : "sh\u2400p", $"{random.Next(12)}"))];
            LiveResult result = await index.UpsertAsync([.. keys.Select(key => Person(key, random))], Token);
            await AssertTermsAsync(store, options);
            switch (random.Next(4))
            {
                case 0:
                    await index.DeleteAsync(keys[..2], Token);
                    break;
                case 1:
                    await index.EraseAsync(keys[0], Token);
                    break;
                case 2 when result.RunId is { } run:
                    await store.RollBackAsync(run, $"back {step}", DateTimeOffset.UnixEpoch, Token);
                    break;
            }
            await AssertTermsAsync(store, options);
        }
    }

    [Fact]
    public async Task Without_options_no_terms_are_kept()
    {
        await using ILiveStore store = OpenLive();
        await using LiveIndex index = await LiveIndex.OpenAsync(store, TermModels[0], cancellationToken: Token);
        await index.UpsertAsync(SourceRecord.Create("crm", "1", ("name", "Ann Lee")), Token);
        Assert.Empty(await ListAsync(store.ReadTermsAsync(Token)));
    }

    [Fact]
    public async Task A_record_has_its_standard_values_and_a_key_for_each_combination()
    {
        await using ILiveStore store = OpenWith(RecordTermOptions.Plain);
        await using LiveIndex index = await LiveIndex.OpenAsync(store, TermModels[0], cancellationToken: Token);
        await index.UpsertAsync(SourceRecord.Create("crm", "1", ("name", "Ann  LÉE"), ("email", "Ann@X.org"), ("born", "1980-02-01")), Token);
        var key = new RecordKey("crm", "1");
        Assert.Equal(
            [
                new RecordTerm(key, RecordTermKind.Block, "email.local + born.year", """["ann","1980"]"""),
                new RecordTerm(key, RecordTermKind.Block, "name.words", """["ann"]"""),
                new RecordTerm(key, RecordTermKind.Block, "name.words", """["lee"]"""),
                new RecordTerm(key, RecordTermKind.Match, "email", """["ann@x.org"]"""),
                new RecordTerm(key, RecordTermKind.Value, "born", "1980-02-01"),
                new RecordTerm(key, RecordTermKind.Value, "email", "ann@x.org"),
                new RecordTerm(key, RecordTermKind.Value, "name", "ann lee"),
            ],
            Sorted(await ListAsync(store.ReadTermsAsync(Token))));
    }

    [Fact]
    public async Task Keyed_hashes_are_those_that_anyone_with_the_secret_can_make()
    {
        await using ILiveStore store = OpenWith(RecordTermOptions.Keyed(TermSecret));
        await using LiveIndex index = await LiveIndex.OpenAsync(store, TermModels[0], cancellationToken: Token);
        await index.UpsertAsync(SourceRecord.Create("crm", "1", ("email", "ann@x.org")), Token);
        string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(TermSecret, Encoding.UTF8.GetBytes(text)))[..32];
        Assert.Equal(
            [Hash("match\nemail\n[\"ann@x.org\"]"), Hash("value\nemail\nann@x.org")],
            Sorted(await ListAsync(store.ReadTermsAsync(Token))).Select(term => term.Term));
    }

    private static IdentityModel TermModel(Action<IdentityModelBuilder> block)
    {
        IdentityModelBuilder builder = new IdentityModelBuilder()
            .Field("email", FieldKind.Email).Field("name", FieldKind.Text).Field("born", FieldKind.BirthDate).MatchOn("email")
            .Compare(new Comparison { Field = "name", Levels = [new ComparisonLevel("exact", 0.9, 0.001), new ComparisonLevel("else", 0.1, 0.999)] });
        block(builder);
        return builder.Build() with { PriorMatchProbability = 0.3 };
    }

    private static SourceRecord Person(RecordKey key, Random random) => SourceRecord.Create(
        key.Source,
        key.Id,
        ("name", random.Next(5) == 0 ? null : $"{(random.Next(2) == 0 ? "Ann" : "Jörg-Uwe")} {new string((char)('a' + random.Next(4)), random.Next(1, 400))}"),
        ("email", random.Next(3) == 0 ? "" : $"p{random.Next(6)}@x.org"),
        ("born", $"19{random.Next(80, 99)}-02-0{random.Next(1, 9)}"));

    private static async Task AssertTermsAsync(ILiveStore store, RecordTermOptions options)
    {
        var maker = new RecordTermMaker((await store.FindModelAsync(Token))!, options);
        List<SourceRecord> records = await ListAsync(store.ReadRecordsAsync(Token));
        List<RecordTerm> terms = await ListAsync(store.ReadTermsAsync(Token));
        Assert.Equal(Sorted(records.SelectMany(maker.Make)), Sorted(terms));
        Assert.Equal(records.Select(record => record.Key), terms.Select(term => term.Record).Distinct());
    }

    private static RecordTerm[] Sorted(IEnumerable<RecordTerm> terms) =>
        [.. terms.OrderBy(term => term.Record).ThenBy(term => StoredNames.Of(term.Kind), StringComparer.Ordinal).ThenBy(term => term.Name, StringComparer.Ordinal).ThenBy(term => term.Term, StringComparer.Ordinal)];
}

/// <summary>What stores do that were closed and are opened with other options; called by the tests of each of them.</summary>
internal static class KeptTerms
{
    private static readonly byte[] Secret = [.. Enumerable.Repeat((byte)7, 16)];

    /// <summary>Opens the same store with several options in turn.</summary>
    public static async Task CheckAsync(Func<RecordTermOptions?, ILiveStore> open, CancellationToken cancellationToken)
    {
        IdentityModel model = new IdentityModelBuilder().Field("email", FieldKind.Email).MatchOn("email").Build();
        await UpsertAsync(null, "1");
        Assert.Equal(0, await CountAsync());
        // The next write makes them for all records.
        await UpsertAsync(RecordTermOptions.Plain, "2");
        Assert.Equal(4, await CountAsync());
        await RefusedAsync(RecordTermOptions.Keyed(Secret), "another form");
        await UpsertAsync(RecordTermOptions.None, "3");
        Assert.Equal(0, await CountAsync());
        await UpsertAsync(RecordTermOptions.Keyed(Secret), "4");
        Assert.Equal(8, await CountAsync());
        await RefusedAsync(null, "open it with their secret");
        await RefusedAsync(RecordTermOptions.Keyed([.. Enumerable.Repeat((byte)8, 16)]), "another secret");
        await RefusedAsync(RecordTermOptions.Plain, "another form");
        Assert.Equal(8, await CountAsync());
        // To erase takes no secret.
        await using (ILiveStore store = open(null))
        {
            await using LiveIndex index = await LiveIndex.OpenAsync(store, cancellationToken: cancellationToken);
            ErasureReceipt receipt = await index.EraseAsync(new RecordKey("crm", "1"), cancellationToken);
            Assert.Equal(2, receipt.RemovedRows["record_terms"]);
        }
        Assert.Equal(6, await CountAsync());

        async Task UpsertAsync(RecordTermOptions? terms, string id)
        {
            await using ILiveStore store = open(terms);
            await using LiveIndex index = await LiveIndex.OpenAsync(store, model, cancellationToken: cancellationToken);
            await index.UpsertAsync(SourceRecord.Create("crm", id, ("email", $"{id}@x.org")), cancellationToken);
        }

        async Task RefusedAsync(RecordTermOptions? terms, string reason)
        {
            IdentityResolutionException error = await Assert.ThrowsAsync<IdentityResolutionException>(() => UpsertAsync(terms, "9"));
            Assert.Contains(reason, error.Message, StringComparison.Ordinal);
            await using ILiveStore store = open(null);
            Assert.Null(await store.FindRecordAsync(new RecordKey("crm", "9"), cancellationToken));
        }

        async Task<int> CountAsync()
        {
            await using ILiveStore store = open(null);
            int count = 0;
            await foreach (RecordTerm _ in store.ReadTermsAsync(cancellationToken))
            {
                count++;
            }
            return count;
        }
    }
}
