using IdentityResolution.Internals;

namespace IdentityResolution.Generation;

/// <summary>One person with what changes over a life: from some record on, another surname, address, e-mail or telephone holds.</summary>
internal sealed class Person
{
    private const int Never = int.MaxValue;
    private readonly Change<string> _surname;
    private readonly Change<Address> _address;
    private readonly Change<string> _email;
    private readonly Change<string> _phone;

    private Person(
        HouseholdMember born, string? familiarName, Change<string> surname, Change<Address> address, Change<string> email, Change<string> phone)
    {
        Born = born;
        FamiliarName = familiarName;
        _surname = surname;
        _address = address;
        _email = email;
        _phone = phone;
    }

    /// <summary>Names and birth date as registered.</summary>
    public HouseholdMember Born { get; }

    /// <summary>What the person is called and sometimes signs with: a nickname or the middle name; null for most.</summary>
    public string? FamiliarName { get; }

    /// <summary>The surname at the time of the person's record with this 0-based index.</summary>
    public string SurnameAt(int index) => _surname.At(index);

    /// <summary>The address at the time of a record.</summary>
    public Address AddressAt(int index) => _address.At(index);

    /// <summary>The e-mail address at the time of a record.</summary>
    public string EmailAt(int index) => _email.At(index);

    /// <summary>The telephone at the time of a record.</summary>
    public string PhoneAt(int index) => _phone.At(index);

    /// <summary>Makes a person; the same seed and number give the same one.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="number">0-based number of the person.</param>
    /// <param name="recordCount">How many records the person has: what changes, changes between two of them.</param>
    public static Person Create(ulong seed, long number, int recordCount)
    {
        (long householdNumber, int place, int size) = Population.HomeOf(number);
        Household household = Household.Create(seed, householdNumber, size);
        HouseholdMember born = household.Members[place];
        var random = new SplitMix64(StableHash.Combine(seed ^ 0x50455253, (ulong)number));
        string? familiarName = PickFamiliarName(ref random, born);
        Change<string> surname = PickSurname(ref random, born, recordCount, livesAlone: size == 1);
        Change<Address> address = PickAddress(ref random, household.Address, recordCount);
        bool sharesEmail = household.SharedEmail is not null && random.Chance(0.5);
        string email = sharesEmail
            ? household.SharedEmail!
            : EmailAddresses.Of(ref random, familiarName ?? born.FirstName, surname.Before, born.BirthDate.Year);
        int newEmailFrom = PickTime(ref random, 0.22, recordCount);
        string newEmail = newEmailFrom == Never
            ? email
            : EmailAddresses.Of(ref random, born.FirstName, surname.After, born.BirthDate.Year);
        string phone = random.Chance(0.28) ? household.Landline : Places.PickMobile(ref random);
        int newPhoneFrom = PickTime(ref random, 0.20, recordCount);
        string newPhone = newPhoneFrom == Never ? phone : Places.PickMobile(ref random);
        return new Person(
            born, familiarName, surname, address, new(email, newEmail, newEmailFrom), new(phone, newPhone, newPhoneFrom));
    }

    private static string? PickFamiliarName(ref SplitMix64 random, HouseholdMember born)
    {
        ReadOnlySpan<string> forms = Nicknames.Of(born.FirstName);
        if (!forms.IsEmpty && random.Chance(0.3))
        {
            return random.Pick(forms);
        }
        return random.Chance(0.02) ? born.MiddleName : null;
    }

    // Who lives alone took the other's name; who lives with a family had another name before.
    private static Change<string> PickSurname(ref SplitMix64 random, HouseholdMember born, int recordCount, bool livesAlone)
    {
        int from = born.Female ? PickTime(ref random, 0.12, recordCount) : Never;
        if (from == Never)
        {
            return new(born.Surname, born.Surname, Never);
        }
        string other = Household.PickSurname(ref random);
        (string before, string after) = livesAlone ? (born.Surname, other) : (other, born.Surname);
        return new(before, random.Chance(0.15) ? $"{before}-{after}" : after, from);
    }

    private static Change<Address> PickAddress(ref SplitMix64 random, Address address, int recordCount)
    {
        int from = PickTime(ref random, 0.22, recordCount);
        if (from == Never)
        {
            return new(address, address, Never);
        }
        bool sameTown = random.Chance(0.5);
        return new(address, sameTown ? Places.PickAddress(ref random, address.TownRank) : Places.PickAddress(ref random), from);
    }

    private static int PickTime(ref SplitMix64 random, double probability, int recordCount)
    {
        bool happens = random.Chance(probability);
        int time = 1 + random.Below(Math.Max(1, recordCount - 1));
        return happens && recordCount > 1 ? time : Never;
    }

    private readonly record struct Change<T>(T Before, T After, int From)
    {
        public T At(int index) => index >= From ? After : Before;
    }
}
