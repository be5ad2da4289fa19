using IdentityResolution.Standardization;

namespace IdentityResolution.Tests.Standardization;

/// <summary>Standardizes one value in a test: the form, and the quality.</summary>
internal static class Standard
{
    public static (string Form, ValueQuality Quality) Of(FieldKind kind, string raw, StandardizationOptions? options = null) =>
        Of(Standardizers.For(kind, options), raw);

    public static (string Form, ValueQuality Quality) Of(IStandardizer standardizer, string raw)
    {
        var buffer = new char[standardizer.MaxLength(raw.Length)];
        StandardizedLength written = standardizer.Standardize(raw, buffer);
        return (new string(buffer, 0, written.Length), written.Quality);
    }

    public static string Form(FieldKind kind, string raw, StandardizationOptions? options = null) => Of(kind, raw, options).Form;
}
