using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class PlacesTests
{
    [Theory]
    [InlineData("24 WARWICK ROAD", "24 warwick road")]
    [InlineData("24, Warwick Rd.", "24 warwick road")]
    [InlineData("56 e. andrews dr. nw", "56 east andrews drive northwest")]
    [InlineData("3500 las vegas blvd. s.", "3500 las vegas boulevard south")]
    [InlineData("200 e. 54th st.", "200 east 54th street")]
    [InlineData("41 14th st.", "41 14th street")]
    [InlineData("4017 S Sepulveda Blvd", "4017 south sepulveda boulevard")]
    [InlineData("12 Main St Apt 4B", "12 main street unit 4b")]
    [InlineData("12 Main St. #4b", "12 main street unit 4b")]
    [InlineData("Apt 4B, 12 Main Street", "12 main street unit 4b")]
    [InlineData("4/12 Smith St", "12 smith street unit 4")]
    [InlineData("Unit 4, 12 Smith Street", "12 smith street unit 4")]
    [InlineData("Flat 2, 10 High Street, London", "10 high street unit 2 london")]
    [InlineData("1450 N City Rd Suite 900", "1450 north city road unit 900")]
    [InlineData("12 St James St", "12 saint james street")]
    [InlineData("12 Mount St Helens Rd", "12 mount saint helens road")]
    [InlineData("12 Mulberry St", "12 mulberry street")]
    [InlineData("126 e. 7th st.  between 1st ave. and ave. a", "126 east 7th street between 1st avenue and avenue a")]
    [InlineData("62 spring st. at lafayette st.", "62 spring street at lafayette street")]
    [InlineData("34 union sq. e at 16th st.", "34 union square east at 16th street")]
    [InlineData("renmark s treet", "renmark s treet")]
    [InlineData("76616 Higgins RDS", "76616 higgins roads")]
    [InlineData("12 Dr Martin Luther King Blvd", "12 doctor martin luther king boulevard")]
    [InlineData("P.O. Box 12987", "po box 12987")]
    [InlineData("PO Box 12987", "po box 12987")]
    [InlineData("Hauptstr. 12a", "12a hauptstrasse")]
    [InlineData("Hauptstraße 12 a", "12a hauptstrasse")]
    [InlineData("Ansbacher Strasse 23, 56422 Dusseldorf", "23 ansbacher strasse 56422 dusseldorf")]
    [InlineData("Via Roma, 8", "8 via roma")]
    [InlineData("Via Roma n. 8", "8 via roma")]
    [InlineData("Calle 5 de Mayo 10", "10 calle 5 de mayo")]
    [InlineData("10 rue de l'Église", "10 rue de leglise")]
    [InlineData("ul. Długa 5/7", "5 ulica dluga unit 7")]
    [InlineData("Rua Augusta, 1500", "1500 rua augusta")]
    [InlineData("Route 66", "route 66")]
    [InlineData("12-14 High St", "12-14 high street")]
    [InlineData("007 Bond St", "7 bond street")]
    [InlineData("Rue de la Paix 5 bis", "5bis rue de la paix")]
    [InlineData("5 bis, rue de la Paix", "5bis rue de la paix")]
    [InlineData("12 ter avenue Foch", "12ter avenue foch")]
    [InlineData("ul. Marszałkowska 12 m. 5", "12 ulica marszalkowska unit 5")]
    [InlineData("Storgatan 5 lgh 1101", "5 storgatan unit 1101")]
    [InlineData("ул. Ленина, д. 5, кв. 12", "5 ulica lenina unit 12")]
    [InlineData("Rose Cottage", "rose cottage")]
    [InlineData("78 o'connetl street", "78 oconnetl street")]
    public void Addresses_stand_number_first_and_spelled_out(string raw, string form) =>
        Assert.Equal(form, Standard.Form(FieldKind.StreetAddress, raw));

    [Theory]
    [InlineData("12 Main St Apt 4B", "12", "main street", "4b", "")]
    [InlineData("Hauptstr. 12a", "12a", "hauptstrasse", "", "")]
    [InlineData("Flat 2, 10 High Street, London", "10", "high street", "2", "london")]
    [InlineData("Rose Cottage", "", "rose cottage", "", "")]
    [InlineData("14th st", "", "14th street", "", "")]
    [InlineData("", "", "", "", "")]
    public void Addresses_are_taken_apart(string raw, string number, string street, string unit, string rest) =>
        Assert.Equal(new StreetAddress(number, street, unit, rest), StreetAddress.Parse(raw));

    [Theory]
    [InlineData("12 A", "12a")]
    [InlineData("No. 12", "12")]
    [InlineData("#12", "12")]
    [InlineData("012", "12")]
    [InlineData("12-14", "12-14")]
    [InlineData("12/3", "12/3")]
    [InlineData("12 bis", "12bis")]
    public void House_numbers_have_one_spelling(string raw, string form) => Assert.Equal(form, Standard.Form(FieldKind.HouseNumber, raw));

    [Theory]
    [InlineData("St. Louis", "saint louis")]
    [InlineData("Saint Louis", "saint louis")]
    [InlineData("Mt Vernon", "mount vernon")]
    [InlineData("N. Las Vegas", "north las vegas")]
    [InlineData("City of London", "london")]
    [InlineData("Köln", "koln")]
    [InlineData("MÜNCHEN", "munchen")]
    [InlineData("Stratford-upon-Avon", "stratford upon avon")]
    [InlineData("East St Louis", "east saint louis")]
    [InlineData("O'Fallon", "ofallon")]
    public void Towns_are_spelled_out(string raw, string form) => Assert.Equal(form, Standard.Form(FieldKind.City, raw));

    [Theory]
    [InlineData("California", "ca")]
    [InlineData("CA", "ca")]
    [InlineData("N.S.W.", "nsw")]
    [InlineData("New South Wales", "nsw")]
    [InlineData("Bayern", "bayern")]
    [InlineData("Briggsshire County", "briggsshire county")]
    public void States_have_one_spelling(string raw, string form) => Assert.Equal(form, Standard.Form(FieldKind.Region, raw));

    [Theory]
    [InlineData("United States", "us")]
    [InlineData("U.S.A.", "us")]
    [InlineData("USA", "us")]
    [InlineData("the Netherlands", "nl")]
    [InlineData("Deutschland", "de")]
    [InlineData("Côte d'Ivoire", "ci")]
    [InlineData("Россия", "ru")]
    [InlineData("UK", "gb")]
    [InlineData("GBR", "gb")]
    [InlineData("Türkiye", "tr")]
    [InlineData("Österreich", "at")]
    [InlineData("日本", "jp")]
    [InlineData("276", "de")]
    [InlineData("NA", "na")]
    public void Countries_become_codes(string raw, string form) => Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.Country, raw));

    [Fact]
    public void Unknown_countries_are_kept_and_suspect() => Assert.Equal(("atlantis", ValueQuality.Suspect), Standard.Of(FieldKind.Country, "Atlantis"));

    [Theory]
    [InlineData("PO89 1LD", "po891ld", "po89", "po891")]
    [InlineData("po891ld", "po891ld", "po89", "po891")]
    [InlineData("SW1A 1AA", "sw1a1aa", "sw1a", "sw1a1")]
    [InlineData("M1 1AE", "m11ae", "m1", "m11")]
    [InlineData("94103-1234", "94103", "941", "9410")]
    [InlineData("1234 AB", "1234ab", "123", "1234")]
    [InlineData("K1A 0B1", "k1a0b1", "k1a", "k1a0")]
    [InlineData("D-10115", "10115", "101", "1011")]
    [InlineData("SE-123 45", "12345", "123", "1234")]
    [InlineData("01310-100", "01310100", "013", "0131")]
    [InlineData("2602", "2602", "260", "2602")]
    public void Postal_codes_have_one_spelling_and_parts(string raw, string form, string area, string sector)
    {
        Assert.Equal((form, ValueQuality.Valid), Standard.Of(FieldKind.PostalCode, raw));
        Assert.Equal(area, PostalCode.Area(form).ToString());
        Assert.Equal(sector, PostalCode.Sector(form).ToString());
        Assert.Equal(form, PostalCode.Full(form).ToString());
    }

    [Fact]
    public void Lost_zeros_of_American_codes_come_back()
    {
        var unitedStates = new StandardizationOptions { DefaultRegion = "US" };
        Assert.Equal("05845", Standard.Form(FieldKind.PostalCode, "5845", unitedStates));
        Assert.Equal("94103", Standard.Form(FieldKind.PostalCode, "941031234", unitedStates));
        Assert.Equal("5845", Standard.Form(FieldKind.PostalCode, "5845"));
    }

    [Theory]
    [InlineData("00000")]
    [InlineData("99999")]
    public void Codes_of_nowhere_are_missing(string raw) => Assert.Equal(ValueQuality.Missing, Standard.Of(FieldKind.PostalCode, raw).Quality);
}
