using System.Globalization;
using IdentityResolution.Generation;

namespace IdentityResolution.Tests.Generation;

public class PeopleGeneratorTests
{
    private static readonly PeopleGeneratorOptions Options = new() { Records = 20_000, Seed = 5 };

    private static readonly SyntheticRecord[] Sample = [.. PeopleGenerator.Generate(Options)];

    [Fact]
    public void Hot_values_fall_on_their_share_of_records_and_leave_the_others_as_they_were()
    {
        var options = new PeopleGeneratorOptions { Records = 5000 };
        SyntheticRecord[] plain = [.. PeopleGenerator.Generate(options)];
        SyntheticRecord[] hot = [.. PeopleGenerator.Generate(options with { HotEmailShare = 0.2, HotSurnameShare = 0.3 })];
        Assert.InRange(hot.Count(record => record.Email == "office@example.org"), 900, 1100);
        Assert.Equal(plain.Select(record => (record.RecordId, record.TrueId)), hot.Select(record => (record.RecordId, record.TrueId)));
        HashSet<string> named = [.. hot.Where(record => string.Equals(record.Surname, "Garcia", StringComparison.OrdinalIgnoreCase)).Select(record => record.TrueId)];
        Assert.InRange(hot.Count(record => named.Contains(record.TrueId)) / 5000.0, 0.25, 0.35);
        int email = Array.FindIndex(hot, record => record.Email != "office@example.org" && !named.Contains(record.TrueId));
        Assert.Equal(plain[email], hot[email]);
    }

    [Theory]
    [InlineData(-0.1, 0)]
    [InlineData(0, 1.1)]
    [InlineData(double.NaN, 0)]
    public void Shares_out_of_range_are_refused(double email, double surname) => Assert.Throws<ArgumentOutOfRangeException>(
        () => PeopleGenerator.Generate(new PeopleGeneratorOptions { HotEmailShare = email, HotSurnameShare = surname }).First());

    [Fact]
    public void The_same_seed_gives_the_same_records() =>
        Assert.Equal(Sample, PeopleGenerator.Generate(Options with { Seed = 5 }));

    [Fact]
    public void Another_seed_gives_other_people() =>
        Assert.InRange(Sample.Zip(PeopleGenerator.Generate(Options with { Seed = 6 })).Count(pair => pair.First.Email == pair.Second.Email), 0, 2500);

    [Fact]
    public void Record_ids_are_unique_and_carry_their_source()
    {
        Assert.Equal(Sample.Length, Sample.Select(record => record.RecordId).Distinct().Count());
        Assert.All(Sample, record => Assert.StartsWith(record.Source + "-", record.RecordId, StringComparison.Ordinal));
    }

    [Fact]
    public void A_person_has_about_two_records_and_they_do_not_stand_together()
    {
        int people = Sample.Select(record => record.TrueId).Distinct().Count();
        Assert.InRange((double)Sample.Length / people, 2.0, 2.25);
        Assert.InRange(Sample.Zip(Sample.Skip(1)).Count(pair => pair.First.TrueId == pair.Second.TrueId), 0, 12);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(6)]
    public void As_many_sources_as_asked_for_share_the_records(int sources) =>
        Assert.Equal(sources, PeopleGenerator.Generate(Options with { Sources = sources }).Select(record => record.Source).Distinct().Count());

    [Fact]
    public void Names_follow_their_frequency_with_a_long_tail()
    {
        int[] counts = [.. Sample.Where(record => record.Surname.Length > 0).GroupBy(record => record.Surname).Select(group => group.Count()).OrderDescending()];
        Assert.InRange((double)counts[0] / Sample.Length, 0.005, 0.02);
        Assert.InRange(counts.Length, 4_000, 16_000);
    }

    [Fact]
    public void Most_records_of_a_person_agree_and_some_do_not()
    {
        (SyntheticRecord Left, SyntheticRecord Right)[] pairs = [.. Sample.GroupBy(record => record.TrueId).Where(group => group.Count() == 2)
            .Select(group => (group.First(), group.Last()))];
        Assert.InRange(ShareOf(pairs, pair => SameText(pair.Left.Surname, pair.Right.Surname)), 0.80, 0.95);
        Assert.InRange(ShareOf(pairs, pair => SameText(pair.Left.FirstName, pair.Right.FirstName)), 0.70, 0.92);
        Assert.InRange(ShareOf(pairs, pair => pair.Left.BirthDate is null || pair.Right.BirthDate is null || pair.Left.BirthDate == pair.Right.BirthDate), 0.85, 0.97);
    }

    [Fact]
    public void Households_share_an_address()
    {
        int shared = Sample.Where(record => record.Street.Length > 0 && record.Postcode.Length > 0)
            .GroupBy(record => (record.Street, record.Postcode)).Count(group => group.Select(record => record.TrueId).Distinct().Count() > 1);
        Assert.InRange(shared, 500, 4000);
    }

    [Fact]
    public void Email_addresses_and_telephones_can_reach_nobody()
    {
        Assert.All(Sample.Where(record => record.Email.Length > 0), record => Assert.EndsWith(".example", record.Email, StringComparison.Ordinal));
        Assert.All(Sample.Where(record => record.Phone.Length > 0), record => Assert.Matches(@"^(\+44 [46]|0[460])[\d -]+$", record.Phone));
    }

    [Fact]
    public void Different_people_rarely_have_one_email_address_unless_they_live_together()
    {
        int shared = Sample.Where(record => record.Email.Length > 0 && record.Email != "noemail@none.example")
            .GroupBy(record => record.Email).Count(group => group.Select(record => record.TrueId).Distinct().Count() > 1);
        Assert.InRange(shared, 1, 200);
    }

    [Fact]
    public void Birth_dates_are_those_of_living_adults() =>
        Assert.All(Sample.Where(record => record.BirthDate is not null), record => Assert.InRange(record.BirthDate!.Value.Year, 1900, 2020));

    [Fact]
    public void Without_noise_surnames_change_only_by_marriage()
    {
        IEnumerable<SyntheticRecord> quiet = PeopleGenerator.Generate(Options with { Noise = 0 });
        Assert.All(quiet, record => Assert.NotEqual("", record.FirstName + record.Surname));
        Assert.DoesNotContain(quiet, record => record.Email == "noemail@none.example");
        int several = quiet.GroupBy(record => record.TrueId).Count(group => group.Select(record => record.Surname.ToUpperInvariant()).Distinct().Count() > 3);
        Assert.InRange(several, 0, 60);
    }

    [Theory]
    [InlineData(0, 3, 1.0)]
    [InlineData(1_000_000_001, 3, 1.0)]
    [InlineData(10, 0, 1.0)]
    [InlineData(10, 7, 1.0)]
    [InlineData(10, 3, -0.1)]
    [InlineData(10, 3, double.NaN)]
    public void Options_out_of_range_are_refused(long records, int sources, double noise) =>
        Assert.Throws<ArgumentOutOfRangeException>("options", () =>
            PeopleGenerator.Generate(new PeopleGeneratorOptions { Records = records, Sources = sources, Noise = noise }));

    private static double ShareOf<T>(T[] items, Func<T, bool> predicate) => (double)items.Count(predicate) / items.Length;

    private static bool SameText(string left, string right) =>
        string.Compare(left, right, CultureInfo.InvariantCulture, CompareOptions.IgnoreCase) == 0;
}
