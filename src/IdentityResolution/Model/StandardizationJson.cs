using System.Text.Json;
using IdentityResolution.Standardization;

namespace IdentityResolution;

/// <summary>Standardization options as JSON: one member each, called as in code, and nothing that equals its default.</summary>
internal static class StandardizationJson
{
    public static StandardizationOptions Read(JsonObjectReader json)
    {
        StandardizationOptions otherwise = StandardizationOptions.Default;
        return new StandardizationOptions
        {
            Steps = json.Strings("steps"),
            IgnoredValues = json.Strings("ignoredValues"),
            Transliterate = json.Boolean("transliterate", otherwise.Transliterate),
            DateOrder = json.Enum("dateOrder", otherwise.DateOrder),
            TwoDigitYearPivot = json.Integer("twoDigitYearPivot", otherwise.TwoDigitYearPivot),
            DefaultRegion = json.Text("defaultRegion"),
            DropEmailTags = json.Boolean("dropEmailTags", otherwise.DropEmailTags),
            DropEmailDots = json.Boolean("dropEmailDots", otherwise.DropEmailDots),
            DropTitles = json.Boolean("dropTitles", otherwise.DropTitles),
            Titles = json.Strings("titles"),
            Suffixes = json.Strings("suffixes"),
            DropLegalForm = json.Boolean("dropLegalForm", otherwise.DropLegalForm),
            LegalForms = json.Strings("legalForms"),
            IdentifierScheme = json.Text("identifierScheme"),
        };
    }

    public static bool IsDefault(StandardizationOptions options) => !Members(options).Any(member => member.IsSet);

    public static void Write(Utf8JsonWriter json, StandardizationOptions options)
    {
        foreach ((string name, object? value, _) in Members(options).Where(member => member.IsSet))
        {
            switch (value)
            {
                case IReadOnlyList<string> texts:
                    ModelJsonWriter.WriteStrings(json, name, texts);
                    break;
                case bool flag:
                    json.WriteBoolean(name, flag);
                    break;
                case int number:
                    json.WriteNumber(name, number);
                    break;
                default:
                    json.WriteString(name, (string?)value);
                    break;
            }
        }
    }

    private static (string Name, object? Value, bool IsSet)[] Members(StandardizationOptions options)
    {
        StandardizationOptions otherwise = StandardizationOptions.Default;
        return
        [
            ("steps", options.Steps, options.Steps.Count > 0),
            ("ignoredValues", options.IgnoredValues, options.IgnoredValues.Count > 0),
            ("transliterate", options.Transliterate, options.Transliterate != otherwise.Transliterate),
            ("dateOrder", EnumNames.ToText(options.DateOrder), options.DateOrder != otherwise.DateOrder),
            ("twoDigitYearPivot", options.TwoDigitYearPivot, options.TwoDigitYearPivot != otherwise.TwoDigitYearPivot),
            ("defaultRegion", options.DefaultRegion, options.DefaultRegion is not null),
            ("dropEmailTags", options.DropEmailTags, options.DropEmailTags != otherwise.DropEmailTags),
            ("dropEmailDots", options.DropEmailDots, options.DropEmailDots != otherwise.DropEmailDots),
            ("dropTitles", options.DropTitles, options.DropTitles != otherwise.DropTitles),
            ("titles", options.Titles, options.Titles.Count > 0),
            ("suffixes", options.Suffixes, options.Suffixes.Count > 0),
            ("dropLegalForm", options.DropLegalForm, options.DropLegalForm != otherwise.DropLegalForm),
            ("legalForms", options.LegalForms, options.LegalForms.Count > 0),
            ("identifierScheme", options.IdentifierScheme, options.IdentifierScheme is not null),
        ];
    }
}
