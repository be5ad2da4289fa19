using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Model;

public class GivenFrequenciesTests
{
    private static readonly IdentityModel Model = new()
    {
        Fields = [new Field { Name = "surname", Kind = FieldKind.Surname }],
        BlockingRules = [new BlockingRule { Keys = ["surname"] }],
        Comparisons = [new Comparison { Field = "surname", Levels = [new("exact"), new("else")] }],
    };

    [Fact]
    public void Values_are_standardized_as_the_fields_are_and_add_up()
    {
        TermFrequencyTable table = Model.WithTermFrequencies("surname", [new("SMITH", 0.25), new(" Smith ", 0.25), new("Jones", 0.125), new("", 0.5)]).Comparisons[0].TermFrequencies!;
        Assert.Equal(new SortedDictionary<string, double> { ["jones"] = 0.125, ["smith"] = 0.5 }, new SortedDictionary<string, double>(table.Values.ToDictionary()));
        Assert.Equal(0.125, table.Default);
        Assert.True(table.IsGiven);
    }

    [Fact]
    public void Counts_are_divided_by_their_sum()
    {
        var table = new TermFrequencyTable([new("smith", 30), new("jones", 10)]);
        Assert.Equal((0.75, 0.25, 0.25), (table.Values["smith"], table.Values["jones"], table.Default));
    }

    [Fact]
    public void A_given_table_is_written_and_read_as_given()
    {
        IdentityModel read = IdentityModel.Parse(Model.WithTermFrequencies("surname", [new("Smith", 0.25)]).ToJson());
        Assert.True(read.Comparisons[0].TermFrequencies!.IsGiven);
        Assert.True(read.Comparisons[0].AdjustForTermFrequency);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_frequency_is_a_positive_number(double frequency) =>
        Assert.Throws<ArgumentException>(() => new TermFrequencyTable([new("smith", frequency)]));

    [Fact]
    public void A_field_that_is_not_compared_has_no_frequencies() =>
        Assert.Throws<ArgumentException>(() => Model.WithTermFrequencies("city", [new("bonn", 0.1)]));

    [Fact]
    public async Task Training_keeps_a_given_table()
    {
        string csv = "id,surname\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i},{(i % 3 == 0 ? "smith" : $"name{i / 2}")}\n"));
        var options = ResolverOptions.Default with
        {
            TermFrequencies = new Dictionary<string, IReadOnlyDictionary<string, double>> { ["surname"] = new Dictionary<string, double> { ["Smith"] = 0.01, ["Jones"] = 0.005 } },
        };
        using var text = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(csv));
        TrainedModel trained = await IdentityResolver.Create(Model, options).TrainAsync([RecordSet.FromCsv(text, "s", new CsvOptions { IdColumn = "id" })], cancellationToken: TestContext.Current.CancellationToken);
        TermFrequencyTable table = trained.Model.Comparisons[0].TermFrequencies!;
        Assert.True(trained.Model.IsTrained);
        Assert.Equal((0.01, 0.005, 0.005, 2), (table.Values["smith"], table.Values["jones"], table.Default, table.Values.Count));
    }

    [Theory]
    [InlineData(0, 0.5, "is not for the 'exact' level")]
    [InlineData(2, 0.5, "is not for the last level")]
    [InlineData(1, 1.5, "must be in [0, 1]")]
    [InlineData(1, -0.5, "must be in [0, 1]")]
    public void Only_levels_of_close_values_take_a_part_of_the_frequency(int position, double weight, string message)
    {
        string[] conditions = ["exact", "osa <= 1", "else"];
        var comparison = new Comparison
        {
            Field = "surname",
            AdjustForTermFrequency = true,
            Levels = [.. conditions.Select((when, i) => new ComparisonLevel(when) { TermFrequencyWeight = i == position ? weight : 0 })],
        };
        InvalidModelException error = Assert.Throws<InvalidModelException>(() => IdentityModel.Parse((Model with { Comparisons = [comparison] }).ToJson()));
        Assert.Equal($"comparisons[0].levels[{position}].termFrequencyWeight", Assert.Single(error.Errors).Path);
        Assert.StartsWith(message, error.Errors[0].Message, StringComparison.Ordinal);
    }
}
