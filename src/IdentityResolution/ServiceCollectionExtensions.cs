using IdentityResolution;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers an <see cref="IdentityResolver"/>.</summary>
public static class IdentityResolutionServiceCollectionExtensions
{
    /// <summary>Registers a resolver that infers its model from the records of each run.</summary>
    /// <param name="services">The services.</param>
    /// <param name="automatic">What the user decides; null = the defaults.</param>
    /// <param name="options">How to run; null = the defaults.</param>
    /// <returns>The services.</returns>
    /// <remarks>A singleton: the resolver is immutable and thread-safe. An <see cref="IdentityResolver"/> that is registered already stays.</remarks>
    public static IServiceCollection AddIdentityResolution(
        this IServiceCollection services, AutomaticModelOptions? automatic = null, ResolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => IdentityResolver.CreateAutomatic(automatic, options, provider.GetService<ILogger<IdentityResolver>>()));
        return services;
    }

    /// <summary>Registers a resolver whose model is written in code.</summary>
    /// <param name="services">The services.</param>
    /// <param name="build">Describes the model.</param>
    /// <param name="options">How to run; null = the defaults.</param>
    /// <returns>The services.</returns>
    /// <remarks>A singleton; the model is validated when the resolver is first asked for.</remarks>
    public static IServiceCollection AddIdentityResolution(
        this IServiceCollection services, Action<IdentityModelBuilder> build, ResolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(build);
        services.TryAddSingleton(provider => IdentityResolver.Create(build, options, provider.GetService<ILogger<IdentityResolver>>()));
        return services;
    }

    /// <summary>Registers a resolver that uses a model, for example one loaded from JSON.</summary>
    /// <param name="services">The services.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How to run; null = the defaults.</param>
    /// <returns>The services.</returns>
    /// <remarks>A singleton; the model is validated when the resolver is first asked for.</remarks>
    public static IServiceCollection AddIdentityResolution(this IServiceCollection services, IdentityModel model, ResolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(model);
        services.TryAddSingleton(provider => IdentityResolver.Create(model, options, provider.GetService<ILogger<IdentityResolver>>()));
        return services;
    }

    /// <summary>Registers a live index over the <see cref="ILiveStore"/> that is registered, to be opened by whoever asks first.</summary>
    /// <param name="services">The services; an <see cref="ILiveStore"/> must be among them.</param>
    /// <param name="model">A trained model; null = the store's.</param>
    /// <param name="options">How to run; null = the defaults.</param>
    /// <returns>The services.</returns>
    /// <remarks>Ask for <see cref="LiveIndexProvider"/>, a singleton, and await <see cref="LiveIndexProvider.GetAsync"/>: opening reads the whole store, which no constructor should wait for.</remarks>
    public static IServiceCollection AddLiveIdentityResolution(this IServiceCollection services, IdentityModel? model = null, LiveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider => new LiveIndexProvider(provider.GetRequiredService<ILiveStore>(), model, options));
        return services;
    }

    /// <summary>Registers a named resolver beside others; ask for it with the name as service key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key.</param>
    /// <param name="model">The model.</param>
    /// <param name="options">How to run; null = the defaults.</param>
    /// <returns>The services.</returns>
    /// <remarks>A keyed singleton; the model is validated when the resolver is first asked for.</remarks>
    public static IServiceCollection AddIdentityResolution(
        this IServiceCollection services, string name, IdentityModel model, ResolverOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(model);
        services.TryAddKeyedSingleton(name, (provider, _) => IdentityResolver.Create(model, options, provider.GetService<ILogger<IdentityResolver>>()));
        return services;
    }
}
