using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class ContactTests
{
    private static readonly StandardizationOptions UnitedStates = new() { DefaultRegion = "US" };

    [Theory]
    [InlineData("John.Doe@Example.COM", "john.doe@example.com")]
    [InlineData(" mailto:john@example.org ", "john@example.org")]
    [InlineData("\"Jay Jones\" <jjones@fmail.com>", "jjones@fmail.com")]
    [InlineData("john+shop@example.org", "john@example.org")]
    [InlineData("J.Doe+x@googlemail.com", "jdoe@gmail.com")]
    [InlineData("jdoe@gmail.com", "jdoe@gmail.com")]
    [InlineData("john @ example.org", "john@example.org")]
    [InlineData("a@x.org; b@y.org", "a@x.org")]
    [InlineData("info@müller.de", "info@müller.de")]
    [InlineData("scarlett.payne88@morton.info", "scarlett.payne88@morton.info")]
    [InlineData("john@example.org.", "john@example.org")]
    public void Addresses_that_reach_one_mailbox_agree(string raw, string form) =>
        Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.Email, raw));

    [Fact]
    public void A_plain_address_is_the_same_within_brackets()
    {
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++)
        {
            char[] letters = new char[random.Next(1, 12)];
            for (int place = 0; place < letters.Length; place++)
            {
                letters[place] = "aB1._-+@"[random.Next(8)];
            }
            string address = new(letters);
            if (address.Count(letter => letter == '@') == 1 && address[0] is not ('.' or '@') && address[^1] != '.')
            {
                Assert.Equal(Standard.Of(FieldKind.Email, $" <{address}>"), Standard.Of(FieldKind.Email, address));
            }
        }
    }

    [Theory]
    [InlineData("test@test.com")]
    [InlineData("noemail@gmail.com")]
    [InlineData("none@none.com")]
    [InlineData("N/A")]
    [InlineData("none")]
    [InlineData("@")]
    public void Addresses_of_nobody_are_missing(string raw) => Assert.Equal(("", ValueQuality.Missing), Standard.Of(FieldKind.Email, raw));

    [Theory]
    [InlineData("lucas.harrington@com", "lucas.harrington@com")]
    [InlineData("John.Example.org", "john.example.org")]
    [InlineData("a@b@c.org", "a@b@c.org")]
    [InlineData("@example.org", "@example.org")]
    public void Malformed_addresses_are_kept_and_suspect(string raw, string form) =>
        Assert.Equal((form, ValueQuality.Suspect), Standard.Of(FieldKind.Email, raw));

    [Theory]
    [InlineData("+49 30 901820 Durchwahl 12", "+4930901820", "12")]
    [InlineData("+33 1 42 68 53 00 poste 7", "+33142685300", "7")]
    [InlineData("+55 61 3411-1200 ramal 345", "+556134111200", "345")]
    [InlineData("+7 495 695-37-76 доб. 21", "+74956953776", "21")]
    [InlineData("+44 20 7946 0958 x22", "+442079460958", "22")]
    public void Extensions_are_told_in_several_languages(string raw, string number, string extension)
    {
        PhoneNumber parsed = PhoneNumber.Parse(raw);
        Assert.Equal((number, extension), (parsed.Number, parsed.Extension));
    }

    // Numbers of ministries, embassies and stations as they are printed in the country itself.
    [Theory]
    [InlineData("GB", "020 7946 0958")]
    [InlineData("US", "(404) 231-5733")]
    [InlineData("CA", "613-992-4211")]
    [InlineData("DE", "030 901820")]
    [InlineData("FR", "01 42 68 53 00")]
    [InlineData("IT", "06 69821234")]
    [InlineData("ES", "915 85 00 00")]
    [InlineData("NL", "020 624 1111")]
    [InlineData("BE", "02 555 12 12")]
    [InlineData("CH", "044 668 18 00")]
    [InlineData("AT", "01 58858")]
    [InlineData("PL", "22 694 75 00")]
    [InlineData("SE", "08-786 40 00")]
    [InlineData("NO", "22 04 80 00")]
    [InlineData("DK", "33 75 75 70")]
    [InlineData("FI", "09 1601")]
    [InlineData("PT", "21 392 3500")]
    [InlineData("IE", "01 619 2000")]
    [InlineData("CZ", "224 002 111")]
    [InlineData("HU", "06 1 795 5000")]
    [InlineData("RO", "021 319 15 64")]
    [InlineData("GR", "210 338 5000")]
    [InlineData("RU", "8 (495) 695-37-76")]
    [InlineData("UA", "044 256 63 33")]
    [InlineData("TR", "0312 525 55 50")]
    [InlineData("IN", "011 2301 2312")]
    [InlineData("JP", "03-3581-0101")]
    [InlineData("CN", "010 6309 8000")]
    [InlineData("KR", "02-730-5800")]
    [InlineData("AU", "02 6277 7111")]
    [InlineData("NZ", "04 817 9999")]
    [InlineData("ZA", "012 300 5200")]
    [InlineData("BR", "(61) 3411-1200")]
    [InlineData("MX", "55 5093 4800")]
    [InlineData("AR", "011 4344-3600")]
    [InlineData("SG", "6226 2288")]
    [InlineData("IL", "02-6705555")]
    [InlineData("AE", "02 444 4001")]
    public void National_formats_become_international(string region, string raw)
    {
        (string form, ValueQuality quality) = Standard.Of(FieldKind.Phone, raw, new() { DefaultRegion = region });
        Assert.Equal(ValueQuality.Valid, quality);
        Assert.StartsWith("+", form, StringComparison.Ordinal);
        Assert.EndsWith(new string([.. raw.Where(char.IsAsciiDigit)])[1..], form, StringComparison.Ordinal);
    }

    [Fact]
    public void Tags_stay_when_asked() =>
        Assert.Equal("a+b@x.org", Standard.Form(FieldKind.Email, "A+b@x.org", new() { DropEmailTags = false }));

    [Fact]
    public void Role_disposable_and_public_addresses_are_told()
    {
        Assert.True(EmailAddress.IsRole("info@ca-state.gov"));
        Assert.False(EmailAddress.IsRole("mark@marksfoods.com"));
        Assert.True(EmailAddress.IsDisposable("x1@mailinator.com"));
        Assert.False(EmailAddress.IsDisposable("x1@gmail.com"));
        Assert.True(EmailAddress.IsPublicProvider("x1@gmail.com"));
        Assert.False(EmailAddress.IsPublicProvider("x1@siemens.com"));
        Assert.True(EmailAddress.TrySplit("a@b.c", out ReadOnlySpan<char> local, out ReadOnlySpan<char> domain));
        Assert.Equal(("a", "b.c"), (local.ToString(), domain.ToString()));
        Assert.False(EmailAddress.TrySplit("a@", out _, out _));
    }

    [Theory]
    [InlineData("404-231-5733")]
    [InlineData("404/231-5733")]
    [InlineData("(404) 231 5733")]
    [InlineData("+1 404 231 5733")]
    [InlineData("1-404-231-5733")]
    [InlineData("1 (404) 231-5733 ext. 12")]
    [InlineData("001 404 231 5733")]
    [InlineData("404.231.5733 x9")]
    [InlineData("tel:+1-404-231-5733")]
    [InlineData("404-231-LEAF")]
    public void Spellings_of_one_number_agree(string raw)
    {
        string expected = raw.Contains("LEAF", StringComparison.Ordinal) ? "+14042315323" : "+14042315733";
        Assert.Equal((expected, ValueQuality.Valid), Standard.Of(FieldKind.Phone, raw, UnitedStates));
    }

    [Theory]
    [InlineData("US", "4042315733", "+14042315733")]
    [InlineData("CA", "416 555 0199", "+14165550199")]
    [InlineData("GB", "020 7946 0958", "+442079460958")]
    [InlineData("GB", "+44 (0)20 7946 0958", "+442079460958")]
    [InlineData("GB", "0044 20 7946 0958", "+442079460958")]
    [InlineData("DE", "030/1234567", "+49301234567")]
    [InlineData("FR", "01 42 68 53 00", "+33142685300")]
    [InlineData("IT", "0352 6553537", "+3903526553537")]
    [InlineData("IT", "+39 0352 6553537", "+3903526553537")]
    [InlineData("ES", "912 345 678", "+34912345678")]
    [InlineData("PT", "212 345 678", "+351212345678")]
    [InlineData("NL", "020-1234567", "+31201234567")]
    [InlineData("BE", "02 555 12 12", "+3225551212")]
    [InlineData("CH", "044 668 18 00", "+41446681800")]
    [InlineData("AT", "01 58858", "+43158858")]
    [InlineData("SE", "08-123 456 78", "+46812345678")]
    [InlineData("NO", "22 12 34 56", "+4722123456")]
    [InlineData("DK", "32 12 34 56", "+4532123456")]
    [InlineData("FI", "09 1234567", "+35891234567")]
    [InlineData("PL", "22 123 45 67", "+48221234567")]
    [InlineData("CZ", "224 123 456", "+420224123456")]
    [InlineData("HU", "06 1 486 2345", "+3614862345")]
    [InlineData("GR", "210 1234567", "+302101234567")]
    [InlineData("IE", "01 234 5699", "+35312345699")]
    [InlineData("RU", "8 (495) 123-45-67", "+74951234567")]
    [InlineData("UA", "044 123 4567", "+380441234567")]
    [InlineData("TR", "0212 345 67 89", "+902123456789")]
    [InlineData("AU", "(03) 9876 5432", "+61398765432")]
    [InlineData("NZ", "09 373 7999", "+6493737999")]
    [InlineData("IN", "098450 12345", "+919845012345")]
    [InlineData("CN", "138 0013 8000", "+8613800138000")]
    [InlineData("JP", "03-1234-5678", "+81312345678")]
    [InlineData("KR", "02-312-3456", "+8223123456")]
    [InlineData("SG", "6123 4567", "+6561234567")]
    [InlineData("BR", "(11) 91234-5678", "+5511912345678")]
    [InlineData("MX", "55 1234 5678", "+525512345678")]
    [InlineData("AR", "011 4123-4567", "+541141234567")]
    [InlineData("ZA", "011 123 4567", "+27111234567")]
    [InlineData("IL", "03-123-4567", "+97231234567")]
    [InlineData("AE", "04 123 4567", "+97141234567")]
    public void National_numbers_become_international(string region, string raw, string form) =>
        Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.Phone, raw, new() { DefaultRegion = region }));

    [Theory]
    [InlineData("212/486-9592", "2124869592", ValueQuality.Valid)]
    [InlineData("08 1094 4208", "0810944208", ValueQuality.Valid)]
    [InlineData("+18738801281", "+18738801281", ValueQuality.Valid)]
    [InlineData("+39 0352 6553537", "+3903526553537", ValueQuality.Valid)]
    [InlineData("321-3212", "3213212", ValueQuality.Valid)]
    [InlineData("3212", "3212", ValueQuality.Suspect)]
    [InlineData("+44 20 7946", "+44207946", ValueQuality.Suspect)]
    [InlineData("call me", "call me", ValueQuality.Suspect)]
    [InlineData("404-231-5733 / 404-231-5734", "4042315733", ValueQuality.Valid)]
    [InlineData("404-231-5733 or 404-231-5734", "4042315733", ValueQuality.Valid)]
    public void Without_a_region_national_digits_stay(string raw, string form, ValueQuality quality) =>
        Assert.Equal((form, quality), Standard.Of(FieldKind.Phone, raw));

    [Theory]
    [InlineData("0000000")]
    [InlineData("000-000-0000")]
    [InlineData("1234567")]
    [InlineData("9999999999")]
    [InlineData("+1 000 000 0000")]
    [InlineData("1234567890")]
    [InlineData("none")]
    public void Numbers_of_nobody_are_missing(string raw) => Assert.Equal(("", ValueQuality.Missing), Standard.Of(FieldKind.Phone, raw));

    [Fact]
    public void Parts_of_a_number_are_found()
    {
        Assert.Equal(new PhoneNumber("+14042315733", "1", "12", ValueQuality.Valid), PhoneNumber.Parse("(404) 231-5733 ext 12", "us"));
        Assert.Equal(new PhoneNumber("4042315733", "", "", ValueQuality.Valid), PhoneNumber.Parse("404 231 5733"));
        Assert.Equal(new PhoneNumber("", "", "", ValueQuality.Missing), PhoneNumber.Parse("n/a"));
        Assert.Equal("2315733", PhoneNumber.LastDigits("+14042315733", 7).ToString());
        Assert.Equal("2315733", PhoneNumber.LastDigits("4042315733", 7).ToString());
        Assert.Equal("", PhoneNumber.LastDigits("+44", 7).ToString());
        Assert.Throws<ArgumentOutOfRangeException>(() => PhoneNumber.LastDigits("1", 0).ToString());
    }
}
