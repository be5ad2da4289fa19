using System.Globalization;

namespace IdentityResolution.Generation;

/// <summary>What one source makes of a person's details: errors as often as the source's care says, gaps where it does not ask.</summary>
/// <param name="source">The source.</param>
/// <param name="errors">Factor on every error's probability; 1 = average.</param>
internal readonly struct Damage(SourceProfile source, double errors)
{
    /// <summary>First name: familiar form, initial, typing error, or nothing.</summary>
    public string FirstName(ref SplitMix64 random, Person person)
    {
        string name = person.Born.FirstName;
        if (person.FamiliarName is { } familiar && random.Chance(0.45))
        {
            name = familiar;
        }
        if (random.Chance(0.03 * errors))
        {
            return string.Empty;
        }
        if (random.Chance(0.010 * errors))
        {
            return name[..1];
        }
        return random.Chance(0.045 * errors) ? Misspell(ref random, name) : name;
    }

    /// <summary>Surname: half of a double name, typing error, or nothing.</summary>
    public string Surname(ref SplitMix64 random, string surname)
    {
        if (random.Chance(0.015 * errors))
        {
            return string.Empty;
        }
        int hyphen = surname.IndexOf('-', StringComparison.Ordinal);
        if (hyphen > 0 && random.Chance(0.25))
        {
            return random.Chance(0.5) ? surname[..hyphen] : surname[(hyphen + 1)..];
        }
        return random.Chance(0.05 * errors) ? Misspell(ref random, surname) : surname;
    }

    /// <summary>First name and surname in each other's field.</summary>
    public void SwapNames(ref SplitMix64 random, ref string first, ref string surname)
    {
        if (random.Chance(0.012 * errors))
        {
            (first, surname) = (surname, first);
        }
    }

    /// <summary>Date of birth: day and month swapped, a wrong digit, a wrong year, the first of January, or nothing.</summary>
    public DateOnly? BirthDate(ref SplitMix64 random, DateOnly date)
    {
        if (random.Chance(source.NoBirthDate))
        {
            return null;
        }
        if (random.Chance(0.012 * errors) && date.Day <= 12)
        {
            return new DateOnly(date.Year, date.Day, date.Month);
        }
        if (random.Chance(0.020 * errors))
        {
            string typed = Typos.InDigits(ref random, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            bool possible = DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly wrong)
                && wrong.Year is >= 1900 and <= 2010;
            return possible ? wrong : date;
        }
        if (random.Chance(0.008 * errors))
        {
            return date.AddYears(random.Pick<int>([-10, -1, 1, 1, 10]));
        }
        return random.Chance(0.008 * errors) ? new DateOnly(date.Year, 1, 1) : date;
    }

    /// <summary>E-mail address: typing error, other provider, a clerk's placeholder, or nothing.</summary>
    public string Email(ref SplitMix64 random, string email)
    {
        if (random.Chance(source.NoEmail))
        {
            return string.Empty;
        }
        if (random.Chance(0.003 * errors))
        {
            return "noemail@none.example";
        }
        int at = email.IndexOf('@', StringComparison.Ordinal);
        if (random.Chance(0.02 * errors))
        {
            return Typos.InText(ref random, email[..at]) + email[at..];
        }
        return random.Chance(0.012 * errors) ? $"{email[..at]}@{EmailAddresses.PickProvider(ref random)}" : email;
    }

    /// <summary>Telephone in the source's style: wrong digit, a clerk's placeholder, or nothing.</summary>
    public string Phone(ref SplitMix64 random, string phone)
    {
        if (random.Chance(source.NoPhone))
        {
            return string.Empty;
        }
        if (random.Chance(0.003 * errors))
        {
            return "00000000000";
        }
        string typed = random.Chance(0.02 * errors) ? phone[..2] + Typos.InDigits(ref random, phone[2..]) : phone;
        return source.Phones switch
        {
            PhoneStyle.Spaced => $"{typed[..5]} {typed[5..]}",
            PhoneStyle.International => $"+44 {typed[1..5]} {typed[5..]}",
            PhoneStyle.Dashed => $"{typed[..5]}-{typed[5..8]}-{typed[8..]}",
            _ => typed,
        };
    }

    /// <summary>Street, town and postal code: abbreviations, wrong numbers, the big town near by, or nothing.</summary>
    public (string Street, string City, string Postcode) Address(ref SplitMix64 random, Address address)
    {
        string city = address.City;
        if (random.Chance(0.03 * errors))
        {
            city = Typos.InText(ref random, city);
        }
        else if (random.Chance(0.02 * errors))
        {
            city = Places.Towns.Pick(ref random);
        }
        else if (random.Chance(0.03 * errors))
        {
            city = string.Empty;
        }
        if (random.Chance(source.NoAddress))
        {
            return (string.Empty, city, string.Empty);
        }
        return (Street(ref random, address), city, Postcode(ref random, address.Postcode));
    }

    /// <summary>Letters and case as the source stores them.</summary>
    public void Restyle(ref SplitMix64 random, ref string first, ref string surname, ref string street, ref string city)
    {
        if (random.Chance(source.PlainLetters))
        {
            first = Diacritics.Strip(first);
            surname = Diacritics.Strip(surname);
        }
        if (random.Chance(source.UpperCase))
        {
            first = first.ToUpperInvariant();
            surname = surname.ToUpperInvariant();
            street = street.ToUpperInvariant();
            city = city.ToUpperInvariant();
        }
        else if (random.Chance(source.LowerCase))
        {
            first = first.ToLowerInvariant();
            surname = surname.ToLowerInvariant();
        }
    }

    private string Street(ref SplitMix64 random, Address address)
    {
        string number = address.Number.ToString(CultureInfo.InvariantCulture);
        string street = address.Street;
        if (random.Chance(0.02 * errors))
        {
            number = Typos.InDigits(ref random, number);
        }
        if (random.Chance(0.04 * errors))
        {
            street = Typos.InText(ref random, street);
        }
        if (random.Chance(0.25))
        {
            street = Abbreviate(street);
        }
        string line = number.Length == 0 ? street : $"{number} {street}";
        if (address.Flat == 0 || random.Chance(0.15))
        {
            return line;
        }
        return random.Chance(0.7)
            ? string.Create(CultureInfo.InvariantCulture, $"Flat {address.Flat}, {line}")
            : string.Create(CultureInfo.InvariantCulture, $"{address.Flat}/{line}");
    }

    private string Postcode(ref SplitMix64 random, string postcode)
    {
        if (random.Chance(0.04 * errors))
        {
            return string.Empty;
        }
        if (random.Chance(0.02 * errors))
        {
            return random.Chance(0.5)
                ? Typos.InDigits(ref random, postcode)
                : string.Concat(postcode.AsSpan(0, postcode.Length - 1), [Places.PickCodeLetter(ref random)]);
        }
        return random.Chance(0.06 * errors) ? postcode.Replace(" ", string.Empty, StringComparison.Ordinal) : postcode;
    }

    private static string Misspell(ref SplitMix64 random, string name)
    {
        string typed = Typos.InText(ref random, name);
        return random.Chance(0.12) ? Typos.InText(ref random, typed) : typed;
    }

    private static string Abbreviate(string street)
    {
        int space = street.LastIndexOf(' ');
        string? shorter = street[(space + 1)..] switch
        {
            "Street" => "St",
            "Road" => "Rd",
            "Avenue" => "Ave",
            "Lane" => "Ln",
            "Drive" => "Dr",
            "Close" => "Cl",
            "Crescent" => "Cres",
            "Gardens" => "Gdns",
            "Place" => "Pl",
            "Court" => "Ct",
            _ => null,
        };
        return shorter is null ? street : street[..(space + 1)] + shorter;
    }
}
