using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

public class AllocationTests
{
    [Theory]
    [InlineData(FieldKind.GivenName, "Anne-Marie")]
    [InlineData(FieldKind.Surname, "Müller-Lüdenscheidt Jr.")]
    [InlineData(FieldKind.FullName, "Public, Dr. John Q.")]
    [InlineData(FieldKind.OrganizationName, "Müller GmbH & Co. KG")]
    [InlineData(FieldKind.BirthDate, "5th of March, 1980")]
    [InlineData(FieldKind.BirthDate, "05-06-w963")]
    [InlineData(FieldKind.Sex, "Female")]
    [InlineData(FieldKind.Email, "\"Jay\" <J.Doe+x@googlemail.com>")]
    [InlineData(FieldKind.Phone, "+44 (0)20 7946 0958 ext 5")]
    [InlineData(FieldKind.StreetAddress, "Flat 2, 10 N High St., London")]
    [InlineData(FieldKind.HouseNumber, "No. 12 a")]
    [InlineData(FieldKind.City, "St. Louis")]
    [InlineData(FieldKind.Region, "New South Wales")]
    [InlineData(FieldKind.PostalCode, "PO89 1LD")]
    [InlineData(FieldKind.Country, "the Netherlands")]
    [InlineData(FieldKind.Location, "51.50740 N, 0.12780 W")]
    [InlineData(FieldKind.Identifier, "818-40-3693")]
    [InlineData(FieldKind.Number, "1.234,50")]
    [InlineData(FieldKind.Text, "Apple MacBook 2.4GHz - MB467LLA")]
    public void Common_values_are_standardized_without_allocation(FieldKind kind, string raw)
    {
        IStandardizer standardizer = Standardizers.For(kind, new() { DefaultRegion = "GB" });
        var buffer = new char[standardizer.MaxLength(raw.Length)];
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 100; i++)
            {
                standardizer.Standardize(raw, buffer);
            }
        }));
    }
}
