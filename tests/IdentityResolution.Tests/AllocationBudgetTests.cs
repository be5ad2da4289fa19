using IdentityResolution.Internals;
using IdentityResolution.Records;

namespace IdentityResolution.Tests;

/// <summary>How much memory each stage may ask for, by record: what passes its budget has made an object of something that there are many of.</summary>
public class AllocationBudgetTests
{
    private const int Records = 20_000;

    // Bytes by record: measured on these people (3,806, 2,503, 452 and 419), and a third more. Standardizing is with inferring fields and proposing rules.
    private static readonly Dictionary<string, int> Budgets = new(StringComparer.Ordinal)
    {
        ["standardize"] = 5100,
        ["train"] = 3350,
        ["link"] = 600,
        ["link again"] = 560,
    };

    [Fact]
    public async Task Every_stage_keeps_its_budget()
    {
        ResolverOptions options = Customers.Options;
        var preparer = new RecordPreparer(null, AutomaticModelOptions.Default, options);
        var clock = new StageClock(options.TimeProvider, null);
        var workers = new Workers(threads: 1, TestContext.Current.CancellationToken);
        RecordSet people = RecordSet.From(Customers.Generate(Records));
        (RecordTable records, IReadOnlyList<QuarantinedRow> quarantine) = await preparer.ReadRecordsAsync([people], clock, workers, null);

        var used = new Dictionary<string, long>(StringComparer.Ordinal);
        Preparation read = Measure("standardize", () => preparer.Standardize(records, quarantine, clock, workers, keepRaw: true));
        Preparation trained = Measure("train", () => preparer.Train(read, null, clock, workers));
        Measure("link", () => RecordLinker.Link(trained, options, clock, workers));
        Measure("link again", () => RecordLinker.Link(trained, options, clock, workers));

        Assert.All(Budgets, budget => Assert.True(used[budget.Key] <= budget.Value, $"{budget.Key}: {used[budget.Key]} bytes a record, {budget.Value} are allowed."));

        T Measure<T>(string stage, Func<T> work)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            T result = work();
            used[stage] = (GC.GetAllocatedBytesForCurrentThread() - before) / Records;
            return result;
        }
    }
}
