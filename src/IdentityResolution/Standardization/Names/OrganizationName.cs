using IdentityResolution.Standardization.Names;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization;

/// <summary>The name of an organisation and its legal form, in standard form.</summary>
/// <param name="Name">The name without legal form and article; the form itself when nothing else is there.</param>
/// <param name="LegalForm">Legal forms in their short spelling, such as <c>ltd</c>, <c>gmbh and co kg</c>; empty when there is none.</param>
public sealed record OrganizationName(string Name, string LegalForm)
{
    /// <summary>Takes a name apart.</summary>
    /// <param name="raw">A raw value; any text.</param>
    /// <returns>Name and legal form.</returns>
    public static OrganizationName Parse(ReadOnlySpan<char> raw)
    {
        var buffer = new char[TextFold.MaxLength(raw)];
        int folded = TextFold.Fold(raw, buffer);
        var words = new char[(folded * 4) + 4];
        int end = OrganizationStandardizer.Clean(buffer.AsSpan(0, folded), words);
        int length = end;
        int start = 0;
        LegalForms.Trim(words, ref start, ref end);
        string[] before = new string(words, 0, start).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        string[] after = new string(words, end, length - end).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> forms = before.Concat(after).Where(word => word != "the").Select(word => LegalForms.TryGet(word, out string form) ? form : word);
        string joined = string.Join(' ', forms);
        return new OrganizationName(new string(words, start, end - start), joined is "and" ? "" : joined);
    }
}
