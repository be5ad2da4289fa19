namespace IdentityResolution.Tests.Lookup;

public sealed class InMemoryLookupStoreTests : LiveStoreContractTests, IAsyncDisposable
{
    private readonly InMemoryLookupStore _store = new();
    private InMemoryLookupStore? _keeping;

    // Disposing leaves the contents, so that one object stands for a store that is opened twice.
    protected override ILiveStore OpenLive() => _store;

    protected override ILiveStore OpenEmpty() => new InMemoryLookupStore();

    protected override ILiveStore OpenWith(RecordTermOptions? terms) => _keeping ??= new InMemoryLookupStore(terms);

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    [Fact]
    public async Task A_state_that_was_read_does_not_change_when_the_store_does()
    {
        await _store.CommitAsync(FirstRun(), Token);
        LookupState before = await _store.LoadAsync(Token);
        await _store.CommitAsync(ManyRows(100, _ => { }), Token);

        Assert.Equal(2, before.Rows.Count);
        Assert.Equal(2, before.Entities.Count);
    }
}
