using Microsoft.Extensions.DependencyInjection;

namespace IdentityResolution.Tests;

public class ServiceCollectionExtensionsTests
{
    private static readonly Action<IdentityModelBuilder> Model = model => model.Field("email", FieldKind.Email).MatchOn("email");

    [Fact]
    public void A_resolver_is_a_singleton()
    {
        using ServiceProvider services = new ServiceCollection().AddIdentityResolution(Model).BuildServiceProvider();

        Assert.Same(services.GetRequiredService<IdentityResolver>(), services.GetRequiredService<IdentityResolver>());
    }

    [Fact]
    public void The_first_registration_stays()
    {
        ServiceCollection services = new();
        services.AddIdentityResolution().AddIdentityResolution(Model);

        Assert.Single(services, service => service.ServiceType == typeof(IdentityResolver));
    }

    [Fact]
    public void An_invalid_model_is_told_when_the_resolver_is_asked_for()
    {
        using ServiceProvider services = new ServiceCollection().AddIdentityResolution(model => model.MatchOn("email")).BuildServiceProvider();

        Assert.Throws<InvalidModelException>(services.GetRequiredService<IdentityResolver>);
    }

    [Fact]
    public void Named_resolvers_stand_beside_each_other()
    {
        var builder = new IdentityModelBuilder();
        Model(builder);
        using ServiceProvider services = new ServiceCollection()
            .AddIdentityResolution("customers", builder.Build())
            .AddIdentityResolution("suppliers", builder.Build())
            .BuildServiceProvider();

        Assert.NotSame(
            services.GetRequiredKeyedService<IdentityResolver>("customers"), services.GetRequiredKeyedService<IdentityResolver>("suppliers"));
    }
}
