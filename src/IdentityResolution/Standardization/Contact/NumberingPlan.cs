using System.Collections.Frozen;
using System.Globalization;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Contact;

/// <summary>How telephone numbers of a country are built. Source: ITU-T E.164 and the national plans filed with it; read from <c>Tables/NumberingPlans.txt</c>.</summary>
/// <param name="Region">ISO 3166-1 alpha-2 code, upper case.</param>
/// <param name="Code">Country code digits.</param>
/// <param name="Trunk">Digits dialled before a national number, or empty.</param>
/// <param name="MinLength">Least digits of a national number without trunk prefix.</param>
/// <param name="MaxLength">Most digits of a national number without trunk prefix.</param>
internal sealed record NumberingPlan(string Region, string Code, string Trunk, int MinLength, int MaxLength)
{
    private static readonly NumberingPlan[] Plans = [.. EmbeddedTable.Lines("NumberingPlans.txt").Select(Parse)];

    private static readonly FrozenDictionary<string, NumberingPlan> ByRegion =
        Plans.ToFrozenDictionary(plan => plan.Region, StringComparer.OrdinalIgnoreCase);

    // Country codes have one to three digits and none is the start of another: index by number.
    private static readonly NumberingPlan?[] ByCode = IndexByCode();

    /// <summary>The plan of a country, or null when it is not known.</summary>
    public static NumberingPlan? OfRegion(string? region) => region is null ? null : ByRegion.GetValueOrDefault(region);

    /// <summary>The plan whose country code starts the digits, or null.</summary>
    public static NumberingPlan? OfInternational(ReadOnlySpan<char> digits)
    {
        int code = 0;
        for (int i = 0; i < Math.Min(3, digits.Length); i++)
        {
            code = (code * 10) + (digits[i] - '0');
            if (ByCode[code] is { } plan)
            {
                return plan;
            }
        }
        return null;
    }

    /// <summary>Whether a national number without trunk prefix may have so many digits.</summary>
    public bool Allows(int length) => length >= MinLength && length <= MaxLength;

    private static NumberingPlan Parse(string line)
    {
        string[] parts = line.Split(' ');
        int dash = parts[3].IndexOf('-', StringComparison.Ordinal);
        return new NumberingPlan(parts[0], parts[1], parts[2] == "-" ? "" : parts[2],
            int.Parse(parts[3].AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture),
            int.Parse(parts[3].AsSpan(dash + 1), NumberStyles.None, CultureInfo.InvariantCulture));
    }

    private static NumberingPlan?[] IndexByCode()
    {
        var plans = new NumberingPlan?[1000];
        foreach (NumberingPlan plan in Plans)
        {
            int code = int.Parse(plan.Code, NumberStyles.None, CultureInfo.InvariantCulture);
            plans[code] ??= plan;
        }
        return plans;
    }
}
