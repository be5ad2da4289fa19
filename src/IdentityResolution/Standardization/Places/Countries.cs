using System.Collections.Frozen;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Countries of ISO 3166-1 by code and name, read from <c>Tables/Countries.txt</c>.</summary>
internal static class Countries
{
    private static readonly FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Codes = Load();

    /// <summary>The alpha-2 code, lower case, of a cleaned name, alpha-2, alpha-3 or numeric code.</summary>
    public static bool TryGetCode(ReadOnlySpan<char> words, out string code)
    {
        if (Codes.TryGetValue(words, out string? found))
        {
            code = found;
            return true;
        }
        // "the netherlands", "republic of korea, the" and "u.s.a."
        if (words.StartsWith("the "))
        {
            return TryGetCode(words[4..], out code);
        }
        code = "";
        return TryJoin(words, out string joined) && TryGetCode(joined, out code);
    }

    private static bool TryJoin(ReadOnlySpan<char> words, out string joined)
    {
        joined = "";
        if (words is not ([_, ' ', _] or [_, ' ', _, ' ', _]))
        {
            return false;
        }
        joined = words.Length == 3 ? $"{words[0]}{words[2]}" : $"{words[0]}{words[2]}{words[4]}";
        return true;
    }

    private static FrozenDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> Load()
    {
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string line in EmbeddedTable.Lines("Countries.txt"))
        {
            string[] parts = line.Split('|');
            foreach (string part in parts)
            {
                codes.Add(part, parts[0]);
            }
        }
        return codes.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }
}
