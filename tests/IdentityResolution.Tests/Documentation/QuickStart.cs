using System.Globalization;

namespace IdentityResolution.Tests.Documentation;

/// <summary>README's code, compiled and run. <see cref="ReadmeTests"/> compares it with the text, from the line after the first brace to the last.</summary>
internal static class QuickStart
{
    public static async Task Run()
    {
        IdentityResolver resolver = IdentityResolver.CreateAutomatic();     // or Create(model): your own, or one that was trained before

        await using var store = new CsvLookupStore("customers.csv");        // or SqliteLookupStore, PostgreSqlLookupStore, your own
        Resolution resolution = await resolver.ResolveAsync(
            [RecordSet.FromFile("crm.csv"), RecordSet.FromFile("shop.csv"), RecordSet.FromFile("support.ndjson")], store);

        foreach (LookupRow row in resolution.Lookup)                        // the lookup table: source record -> customer id
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Key} is customer {row.EntityId} {row.MatchProbability:P1}"));
        }
    }
}
