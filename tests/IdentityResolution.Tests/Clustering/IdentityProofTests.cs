using IdentityResolution.Clustering;
using IdentityResolution.Fields;
using IdentityResolution.Internals;
using IdentityResolution.Matching;
using IdentityResolution.Records;

namespace IdentityResolution.Tests.Clustering;

public class IdentityProofTests
{
    // One half of the cluster is called knight and lives in one town, the other kusha in another; one weak link joins them.
    private static readonly string[] Surnames = ["knight", "knight", "kusha", "kusha"];
    private static readonly string[] Towns = ["leeds", "leeds", "york", "york"];

    [Theory]
    [InlineData("7711", "7711", "1970-03-01", "1970-03-01", "ed", "ed", true)]
    [InlineData("7711", "7711", "1970-03-01", "1970-03-01", "ed", null, true)]
    [InlineData("7711", "7712", "1970-03-01", "1970-03-01", "ed", "ed", false)]
    [InlineData("7711", "7711", "1970-03-01", "1982-11-21", "ed", "ed", false)]
    [InlineData("7711", "7711", "1970-03-01", null, "ed", "ed", false)]
    [InlineData("7711", null, "1970-03-01", "1970-03-01", "ed", "ed", false)]
    // Twins may have a number of the family in common.
    [InlineData("7711", "7711", "1970-03-01", "1970-03-01", "ed", "marsha", false)]
    public void An_identifier_and_a_birth_date_under_one_given_name_hold_halves_together(
        string? identifier, string? otherIdentifier, string? birth, string? otherBirth, string? given, string? otherGiven, bool holds)
    {
        RecordClusters split = Split([identifier, null, otherIdentifier, null], [birth, null, otherBirth, null], [given, null, otherGiven, null]);
        Assert.Equal(holds ? [0, 0, 0, 0] : [0, 0, 1, 1], split.ClusterOf);
        Assert.Equal(holds ? 0 : 1, split.RefusedLinks.Count);
    }

    [Fact]
    public void Without_identifiers_or_birth_dates_there_is_no_proof()
    {
        FieldTable table = TestTable.Of([.. Names.Select(name => (name, new string?[] { "a", "b" }))]);
        Assert.NotNull(Proof(Model(), table));
        Assert.Null(Proof(Model() with { Fields = [.. Model().Fields.Select(field => field with { Kind = field.Name == "number" ? FieldKind.Text : field.Kind })] }, table));
        Assert.Null(Proof(Model() with { Fields = [.. Model().Fields.Select(field => field with { Kind = field.Name == "birth" ? FieldKind.Text : field.Kind })] }, table));
    }

    private static readonly string[] Names = ["given", "surname", "town", "number", "birth"];

    private static IdentityProof? Proof(IdentityModel model, FieldTable table) => IdentityProof.Create(model, new CompiledModel(model, table));

    private static IdentityModel Model() => new()
    {
        Fields = [.. Names.Select(name => new Field
        {
            Name = name,
            Kind = name switch { "given" => FieldKind.GivenName, "number" => FieldKind.Identifier, "birth" => FieldKind.BirthDate, _ => FieldKind.Text },
        })],
        Comparisons = [.. Names.Select(name => new Comparison { Field = name, Levels = [new("exact", 0.9, 0.4), new("else", 0.1, 0.6)] })],
        PriorMatchProbability = 0.5,
        MatchProbabilityThreshold = 0.5,
    };

    private static RecordClusters Split(string?[] identifiers, string?[] births, string?[] givens)
    {
        FieldTable table = TestTable.Of(("given", givens), ("surname", Surnames), ("town", Towns), ("number", identifiers), ("birth", births));
        RecordLink[] links = [new(0, 1, 2000, RecordLink.ByScore), new(2, 3, 2000, RecordLink.ByScore), new(1, 2, 100, RecordLink.ByScore)];
        var compiled = new CompiledModel(Model(), table);
        var guards = new ClusterGuards(new LinkStrength(table.Keys, []), []);
        RecordClusters whole = RecordClusters.Build(4, links, guards, new Workers(1, CancellationToken.None));
        return CohesionSplitter.Split(whole, links, compiled, table.Keys, new Workers(1, CancellationToken.None), Proof(Model(), table));
    }
}
