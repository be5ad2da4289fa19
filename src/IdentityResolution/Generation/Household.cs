using IdentityResolution.Internals;

namespace IdentityResolution.Generation;

/// <summary>People at one address: alone, a couple, or parents with children who carry their names.</summary>
internal sealed class Household
{
    private const int FirstBirthYear = 1930;
    private const int LastBirthYear = 2006;
    private readonly List<HouseholdMember> _members;

    private Household(Address address, string landline, string? sharedEmail, List<HouseholdMember> members)
    {
        Address = address;
        Landline = landline;
        SharedEmail = sharedEmail;
        _members = members;
    }

    /// <summary>Where the household lives.</summary>
    public Address Address { get; }

    /// <summary>The telephone on the wall.</summary>
    public string Landline { get; }

    /// <summary>An e-mail address that all use; null in most households.</summary>
    public string? SharedEmail { get; }

    /// <summary>Who lives here; the head first.</summary>
    public IReadOnlyList<HouseholdMember> Members => _members;

    /// <summary>Makes a household; the same seed and number give the same one.</summary>
    public static Household Create(ulong seed, long number, int size)
    {
        var random = new SplitMix64(StableHash.Combine(seed ^ 0x484F4D45, (ulong)number));
        Address address = Places.PickAddress(ref random);
        string landline = Places.PickLandline(ref random, address.TownRank);
        string surname = PickSurname(ref random);
        var members = new List<HouseholdMember>(size) { Head(ref random, surname, parent: size > 2) };
        if (size > 1)
        {
            members.Add(Partner(ref random, members[0]));
        }
        for (int child = 2; child < size; child++)
        {
            members.Add(Child(ref random, members));
        }
        string? sharedEmail = size > 1 && random.Chance(0.12) ? EmailAddresses.OfFamily(ref random, surname) : null;
        return new Household(address, landline, sharedEmail, members);
    }

    /// <summary>Draws a surname; one in eighty is double-barrelled.</summary>
    public static string PickSurname(ref SplitMix64 random)
    {
        string surname = Surnames.All.Pick(ref random);
        return random.Chance(0.0125) ? $"{surname}-{Surnames.All.Pick(ref random)}" : surname;
    }

    private static HouseholdMember Head(ref SplitMix64 random, string surname, bool parent)
    {
        bool female = random.Chance(0.51);
        // More of the middle-aged: the mean of two draws. Parents of grown children are old enough for them.
        int span = (parent ? 1978 : LastBirthYear) - FirstBirthYear + 1;
        int year = FirstBirthYear + ((random.Below(span) + random.Below(span) + 1) / 2);
        return Member(ref random, female, surname, PickDay(ref random, year));
    }

    private static HouseholdMember Partner(ref SplitMix64 random, HouseholdMember head)
    {
        bool female = head.Female == random.Chance(0.06);
        int year = Math.Clamp(head.BirthDate.Year + random.Below(13) - 6, FirstBirthYear, LastBirthYear);
        string surname = random.Chance(0.78) ? head.Surname : PickSurname(ref random);
        return Member(ref random, female, surname, PickDay(ref random, year));
    }

    private static HouseholdMember Child(ref SplitMix64 random, List<HouseholdMember> family)
    {
        bool female = random.Chance(0.5);
        HouseholdMember head = family[0];
        bool twin = family.Count > 2 && random.Chance(0.07);
        int year = Math.Min(LastBirthYear, head.BirthDate.Year + 20 + random.Below(18));
        DateOnly birth = twin ? family[2].BirthDate : PickDay(ref random, year);
        HouseholdMember child = Member(ref random, female, random.Chance(0.92) ? head.Surname : PickSurname(ref random), birth);
        HouseholdMember namesake = family[random.Below(2)];
        return namesake.Female == female && random.Chance(0.06) ? child with { FirstName = namesake.FirstName } : child;
    }

    private static HouseholdMember Member(ref SplitMix64 random, bool female, string surname, DateOnly birth)
    {
        RankedNames names = GivenNames.Of(female);
        string first = names.Pick(ref random);
        string middle = names.Pick(ref random);
        if (random.Chance(0.012))
        {
            first += (random.Chance(0.5) ? "-" : " ") + names.Pick(ref random);
        }
        return new HouseholdMember(female, first, middle, surname, birth);
    }

    private static DateOnly PickDay(ref SplitMix64 random, int year) =>
        new DateOnly(year, 1, 1).AddDays(random.Below(DateTime.IsLeapYear(year) ? 366 : 365));
}

/// <summary>Someone in a household, as born.</summary>
internal sealed record HouseholdMember(bool Female, string FirstName, string MiddleName, string Surname, DateOnly BirthDate);
