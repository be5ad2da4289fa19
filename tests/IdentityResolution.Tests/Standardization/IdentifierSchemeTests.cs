using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class IdentifierSchemeTests
{
    // Specimens that their issuers or standards print.
    public static TheoryData<string, string> Specimens => new()
    {
        { "iban", "GB82 WEST 1234 5698 7654 32" },
        { "iban", "DE89 3704 0044 0532 0130 00" },
        { "iban", "FR14 2004 1010 0505 0001 3M02 606" },
        { "iban", "NO93 8601 1117 947" },
        { "lei", "529900T8BM49AURSDO55" },
        { "luhn", "79927398713" },
        { "luhn", "4111 1111 1111 1111" },
        { "eu-vat", "DE136695976" },
        { "eu-vat", "BE0428759497" },
        { "eu-vat", "FR40303265045" },
        { "eu-vat", "IT00743110157" },
        { "eu-vat", "ATU13585627" },
        { "eu-vat", "PL8567346215" },
        { "eu-vat", "GB980780684" },
        { "eu-vat", "DK13585628" },
        { "eu-vat", "FI20774740" },
        { "eu-vat", "LU15027442" },
        { "eu-vat", "PT501964843" },
        { "eu-vat", "NL004495445B01" },
        { "eu-vat", "SE123456789701" },
        { "us-ssn", "536-90-4399" },
        { "us-ein", "91-1144442" },
        { "gb-nhs", "943 476 5919" },
        { "gb-nino", "AB 12 34 56 C" },
        { "nl-bsn", "111222333" },
        { "de-idnr", "86095742719" },
        { "de-idnr", "36574261809" },
        { "es-dni", "12345678Z" },
        { "es-dni", "X1234567L" },
        { "it-cf", "RSSMRA85T10A562S" },
        { "fr-nir", "2 55 08 14 168 025 38" },
        { "pl-pesel", "44051401359" },
        { "se-personnummer", "811218-9876" },
        { "se-personnummer", "19811218-9876" },
        { "be-nn", "85.07.30-033.28" },
        { "br-cpf", "529.982.247-25" },
        { "br-cnpj", "11.222.333/0001-81" },
        { "in-aadhaar", "9999 4105 7058" },
    };

    [Theory]
    [MemberData(nameof(Specimens))]
    public void Specimens_are_valid(string scheme, string value) => Assert.True(IdentifierScheme.Find(scheme)!.IsValid(value));

    [Theory]
    [MemberData(nameof(Specimens))]
    public void A_changed_digit_is_found_where_there_are_check_digits(string scheme, string value)
    {
        IdentifierScheme found = IdentifierScheme.Find(scheme)!;
        if (!found.HasCheckDigits)
        {
            Assert.False(found.IsValid(value.AsSpan(0, value.Length - 1)));
            return;
        }
        int index = value.LastIndexOfAny(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'], value.Length - 3);
        char[] changed = value.ToCharArray();
        changed[index] = (char)('0' + ((value[index] - '0' + 1) % 10));
        Assert.False(found.IsValid(changed));
    }

    [Theory]
    [InlineData("us-ssn", "000-12-3456")]
    [InlineData("us-ssn", "666-12-3456")]
    [InlineData("us-ssn", "912-12-3456")]
    [InlineData("us-ssn", "123-00-4567")]
    [InlineData("us-ssn", "123-45-0000")]
    [InlineData("us-ssn", "078-05-1120")]
    [InlineData("us-ein", "07-1234567")]
    [InlineData("gb-nino", "BG123456A")]
    [InlineData("gb-nino", "AB123456E")]
    [InlineData("br-cpf", "111.111.111-11")]
    [InlineData("iban", "GB82 WEST 1234 5698 7654 3")]
    [InlineData("iban", "")]
    [InlineData("it-cf", "刘")]
    public void Impossible_values_are_refused(string scheme, string value) => Assert.False(IdentifierScheme.Find(scheme)!.IsValid(value));

    [Fact]
    public void Names_are_unique() =>
        Assert.Equal(IdentifierScheme.All.Count, IdentifierScheme.All.Select(scheme => scheme.Name).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public void Any_text_can_be_asked()
    {
        var random = new Random(7);
        foreach (IdentifierScheme scheme in IdentifierScheme.All)
        {
            for (int i = 0; i < 2000; i++)
            {
                string text = string.Concat(Enumerable.Range(0, random.Next(0, 36)).Select(_ => "0123456789abcxyz"[random.Next(16)]));
                _ = scheme.IsValid(text);
            }
            Assert.False(scheme.IsValid(new string('1', 1000)));
        }
    }
}
