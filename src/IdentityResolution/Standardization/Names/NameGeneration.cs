namespace IdentityResolution.Standardization.Names;

/// <summary>What tells father and son of one name apart: senior and junior, I, II and III.</summary>
internal static class NameGeneration
{
    /// <summary>The generation that a name states: <c>1</c> for Sr and I, <c>2</c> for Jr and II, <c>3</c>, <c>4</c>; empty when it states none.</summary>
    /// <param name="name">A name in lower case, its suffixes kept. The first word is a name in any case.</param>
    public static string Of(ReadOnlySpan<char> name)
    {
        int start = name.IndexOf(' ') + 1;
        if (start == 0)
        {
            return "";
        }
        foreach (Range range in name[start..].Split(' '))
        {
            string generation = OfWord(name[start..][range]);
            if (generation.Length > 0)
            {
                return generation;
            }
        }
        return "";
    }

    private static string OfWord(ReadOnlySpan<char> word) => word.Trim(".,") switch
    {
        "sr" or "snr" or "senior" or "i" or "1st" => "1",
        "jr" or "jnr" or "junior" or "ii" or "2nd" => "2",
        "iii" or "3rd" => "3",
        "iv" or "4th" => "4",
        _ => "",
    };
}
