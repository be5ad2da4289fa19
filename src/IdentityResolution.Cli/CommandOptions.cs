using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace IdentityResolution.Cli;

/// <summary>Makes options whose errors name the option and say what was expected.</summary>
internal static class CommandOptions
{
    /// <summary>An option with one text value.</summary>
    public static Option<string?> Text(string name, string valueName, string description) =>
        new(name) { HelpName = valueName, Description = description };

    /// <summary>An option with one text value of a certain form; null when it is not given.</summary>
    public static Option<string?> TextThat(string name, string valueName, string description, string expected, Func<string, bool> isAllowed)
    {
        Option<string?> option = Text(name, valueName, description);
        option.Validators.Add(result =>
        {
            string text = result.Tokens.Count == 0 ? string.Empty : result.Tokens[^1].Value;
            if (!isAllowed(text))
            {
                result.AddError($"{name} expects {expected}, not '{text}'");
            }
        });
        return option;
    }

    /// <summary>A switch.</summary>
    public static Option<bool> Switch(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };

    /// <summary>An option with several text values; may also be repeated.</summary>
    public static Option<string[]> Texts(string name, string valueName, string description) => new(name)
    {
        HelpName = valueName,
        Description = description,
        AllowMultipleArgumentsPerToken = true,
        Arity = ArgumentArity.OneOrMore,
    };

    /// <summary>An option with a whole number in a range; null when it is not given.</summary>
    public static Option<long?> Number(string name, string description, long least, long most) => new(name)
    {
        HelpName = "N",
        Description = description,
        CustomParser = result => Parse<long>(
            result,
            name,
            most == long.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"a whole number of at least {least}")
                : string.Create(CultureInfo.InvariantCulture, $"a whole number from {least} to {most}"),
            text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number)
                && number >= least && number <= most ? number : null),
    };

    /// <summary>An option with a number between two bounds; null when it is not given.</summary>
    public static Option<double?> Fraction(string name, string valueName, string description, string expected, Func<double, bool> isAllowed) => new(name)
    {
        HelpName = valueName,
        Description = description,
        CustomParser = result => Parse<double>(
            result,
            name,
            expected,
            text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && isAllowed(number) ? number : null),
    };

    /// <summary>The share of records with one e-mail address.</summary>
    public static Option<double?> HotEmail() => Fraction(
        "--hot-email", "SHARE", "Records that carry one and the same e-mail address, from 0 to 1. Default 0.", "a number from 0 to 1", share => share is >= 0 and <= 1);

    /// <summary>The share of people with one surname.</summary>
    public static Option<double?> HotSurname() => Fraction(
        "--hot-surname", "SHARE", "People who have one and the same surname, from 0 to 1. Default 0.", "a number from 0 to 1", share => share is >= 0 and <= 1);

    private static T? Parse<T>(ArgumentResult result, string option, string expected, Func<string, T?> parse)
        where T : struct
    {
        string text = result.Tokens.Count == 0 ? string.Empty : result.Tokens[^1].Value;
        T? value = parse(text);
        if (value is null)
        {
            result.AddError($"{option} expects {expected}, not '{text}'");
        }
        return value;
    }
}
