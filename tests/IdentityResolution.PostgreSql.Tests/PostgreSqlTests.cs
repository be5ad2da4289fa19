namespace IdentityResolution.PostgreSql.Tests;

/// <summary>The tests that share a server; they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class PostgreSqlTests : ICollectionFixture<PostgreSqlServer>
{
    public const string Name = "PostgreSQL";
}
