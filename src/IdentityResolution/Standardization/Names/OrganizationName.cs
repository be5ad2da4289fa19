using IdentityResolution.Standardization.Names;

namespace IdentityResolution.Standardization;

/// <summary>The name of an organisation and its legal form, in standard form.</summary>
/// <param name="Name">The name without legal form and article; the form itself when nothing else is there.</param>
/// <param name="LegalForm">Legal forms in their short spelling, such as <c>ltd</c>, <c>gmbh and co kg</c>; empty when there is none.</param>
public sealed record OrganizationName(string Name, string LegalForm)
{
    /// <summary>Takes a name apart.</summary>
    /// <param name="raw">A raw value; any text.</param>
    /// <param name="options">Further legal forms; <see langword="null"/> for the built-in ones alone.</param>
    /// <returns>Name and legal form.</returns>
    public static OrganizationName Parse(ReadOnlySpan<char> raw, StandardizationOptions? options = null)
    {
        string words = OrganizationStandardizer.Clean(raw.ToString());
        int start = 0;
        int end = words.Length;
        LegalForms.For(options ?? StandardizationOptions.Default).Trim(words, ref start, ref end);
        string[] before = words[..start].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] after = words[end..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> forms = before.Concat(after).Where(word => word != "the").Select(word => LegalForms.TryGet(word, out string form) ? form : word);
        string joined = string.Join(' ', forms);
        return new OrganizationName(words[start..end], joined is "and" ? "" : joined);
    }
}
