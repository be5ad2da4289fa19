using IdentityResolution.Evaluation;

namespace IdentityResolution.Tests.Documentation;

/// <summary>What docs/accuracy.md promises of public data sets, where they are: in a folder <c>shared/data</c> beside or above the repository.</summary>
public class AccuracyTests
{
    [Theory]
    [InlineData("febrl1", false, 0.99)]
    [InlineData("febrl2", false, 0.98)]
    [InlineData("febrl3", false, 0.97)]
    [InlineData("febrl4", true, 0.99)]
    [InlineData("splink_fake_1000", false, 0.95)]
    [InlineData("essnet_census_cis", true, 0.99)]
    [InlineData("restaurant_fz", false, 0.94)]
    [InlineData("dblp_acm", true, 0.98)]
    [InlineData("abt_buy", true, 0.9)]
    [InlineData("senzing_truthset", false, 0.89)]
    public async Task Pairwise_F1_without_a_model_stays_above_its_floor(string set, bool link, double floor)
    {
        string? folder = Find(set);
        Assert.SkipWhen(folder is null, $"The data set {set} is not on this machine: no folder shared/data beside or above the repository holds it.");
        string[] files = [.. Directory.GetFiles(folder!, "*.csv").Where(file => Path.GetFileName(file) is not ("truth.csv" or "pairs.csv"))];

        Resolution resolution = await IdentityResolver.CreateAutomatic(new AutomaticModelOptions { LinkOnly = link }).ResolveAsync(
            [.. files.Select(file => RecordSet.FromFile(file))], cancellationToken: TestContext.Current.CancellationToken);

        IEnumerable<ClusterMember> truth = File.ReadLines(Path.Combine(folder!, "truth.csv")).Skip(1)
            .Select(line => line.Split(','))
            .Select(fields => new ClusterMember(new RecordKey(fields[0], fields[1]), fields[2]));
        EvaluationResult result = ClusterEvaluator.Evaluate(
            resolution.Lookup.Select(row => new ClusterMember(row.Key, row.EntityId)), truth, new EvaluationOptions { AcrossSources = link });
        Assert.InRange(result.Pairwise.F1, floor, 1);
    }

    private static string? Find(string set)
    {
        for (string? folder = RepositoryRoot.Path; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string candidate = Path.Combine(folder, "shared", "data", set);
            if (Directory.Exists(candidate))
            {
                return candidate;
            }
        }
        return null;
    }
}
