namespace IdentityResolution;

/// <summary>Opens one <see cref="LiveIndex"/> for a whole application, when it is first asked for.</summary>
/// <remarks>Safe for concurrent use. An opening that fails is tried again by the next call.</remarks>
public sealed class LiveIndexProvider : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly ILiveStore _store;
    private readonly IdentityModel? _model;
    private readonly LiveOptions? _options;
    private LiveIndex? _index;

    /// <summary>Makes a provider; opens nothing.</summary>
    /// <param name="store">The store; stays the caller's to dispose.</param>
    /// <param name="model">A trained model; null = the store's.</param>
    /// <param name="options">How to run; null = <see cref="LiveOptions.Default"/>.</param>
    public LiveIndexProvider(ILiveStore store, IdentityModel? model = null, LiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _model = model;
        _options = options;
    }

    /// <summary>The index, opened.</summary>
    /// <param name="cancellationToken">Stops the opening.</param>
    /// <returns>The same index at every call.</returns>
    /// <exception cref="InvalidModelException">The model is invalid or not trained, or there is none; holds every error.</exception>
    public async Task<LiveIndex> GetAsync(CancellationToken cancellationToken = default)
    {
        if (_index is { } open)
        {
            return open;
        }
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _index ??= await LiveIndex.OpenAsync(_store, _model, _options, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Waits for the change that is being written.</summary>
    /// <returns>A task that ends when nothing is under way.</returns>
    public async ValueTask DisposeAsync()
    {
        if (_index is not null)
        {
            await _index.DisposeAsync().ConfigureAwait(false);
        }
        _gate.Dispose();
    }
}
