using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Names;

/// <summary>Legal forms of companies, those of a user included, as words of cleaned names.</summary>
/// <remarks>Immutable.</remarks>
internal sealed class LegalForms
{
    // Target: the usual short form; forms of different countries that mean the same stay apart.
    private static readonly WordMap Trailing = new(
        "ltd: limited, ltda, limitada; inc: incorporated; corp: corporation; co: company, cie, compagnie, compania, cia; llc; llp; lp; plc; lllp; pllc; pc; pa;" +
        "gmbh: mbh, ggmbh; ag: aktiengesellschaft, aktiengeselschaft; kg: kommanditgesellschaft; kgaa; ohg; ug; gbr; ev; eg; ek; se;" +
        "sa; sas: sasu; sarl; eurl; sca; snc; spa; srl: srls; sapa; sl: slu; slp; bv: besloten; nv; vof; cv; bvba; sprl; scrl; oy; oyj; ab: aktiebolag; hb;" +
        "as: asa; aps; ivs; ans; hf; ehf; pty: proprietary; pte; pvt: private; bhd: sdn, berhad; tbk; kk; kft; zrt; nyrt; doo; dd; ad; ead; ood; eood; sro; zoo;" +
        "spk; sro; ooo; oao; pao; zao; ao; jsc: ojsc, cjsc, pjsc; lda; eireli; epp; sadecv; uab; sia; ou; ltee; gie; scop; sac");

    private static readonly WordSet Leading = new("ooo oao pao zao ojsc cjsc pjsc jsc pt the uab sia");

    // Legal forms spelled out stand before or after the name.
    private static readonly string[] Phrases =
    [
        "open joint stock company", "closed joint stock company", "public joint stock company", "joint stock company", "limited liability company",
        "public limited company", "limited liability partnership", "private limited company", "limited partnership", "limited company",
        "gesellschaft mit beschrankter haftung", "offene handelsgesellschaft", "eingetragener verein", "eingetragene genossenschaft",
        "societe anonyme", "societe par actions simplifiee", "societe a responsabilite limitee", "sociedad anonima", "sociedad limitada",
        "sociedad de responsabilidad limitada", "sociedad anonima de capital variable", "sociedade anonima", "sociedade limitada",
        "societa per azioni", "societa a responsabilita limitata", "naamloze vennootschap", "besloten vennootschap", "spolka akcyjna",
        "spolka z ograniczona odpowiedzialnoscia", "obshchestvo s ogranichennoy otvetstvennostyu", "publichnoe aktsionernoe obshchestvo",
        "otkrytoe aktsionernoe obshchestvo", "zakrytoe aktsionernoe obshchestvo", "aktsionernoe obshchestvo", "tovarystvo z obmezhenoyu vidpovidalnistyu",
        "individualnyy predprinimatel", "anonim sirketi", "limited sirketi", "aktieselskab", "anpartsselskab",
    ];

    private static readonly string[] TrailingPhrases =
        [.. Phrases.Select(phrase => " " + phrase), " sp zoo", " sp z oo", " sp zo o", " sa de cv", " s de rl de cv", " a s", " ev", " de cv"];

    // Most names end and begin with other words than these.
    private static readonly WordSet LastWords = new(TrailingPhrases.Select(phrase => Words.Last(phrase).ToString()));
    private static readonly WordSet FirstWords = new(Phrases.Select(phrase => Words.First(phrase).ToString()));

    private static readonly string[] LeadingPhrases = [.. Phrases.Select(phrase => phrase + " ")];

    private readonly string[] _ownPhrases;

    private LegalForms(IEnumerable<string> own) => _ownPhrases = [.. own.Where(form => form.Length > 0).Select(form => " " + form)];

    /// <summary>The built-in ones.</summary>
    public static LegalForms BuiltIn { get; } = new([]);

    /// <summary>The built-in ones and those that options add.</summary>
    public static LegalForms For(StandardizationOptions options) =>
        options.LegalForms.Count == 0 ? BuiltIn : new LegalForms(options.LegalForms.Select(OrganizationStandardizer.Clean));

    /// <summary>Narrows a cleaned name to what is neither legal form nor article; at least one word remains.</summary>
    public void Trim(ReadOnlySpan<char> words, ref int start, ref int end)
    {
        while (TrimStart(words, ref start, end) || TrimEnd(words, start, ref end))
        {
        }
    }

    /// <summary>The short form of a legal form, such as <c>ltd</c> for <c>limited</c>.</summary>
    public static bool TryGet(ReadOnlySpan<char> word, out string form) => Trailing.TryGet(word, out form);

    private bool TrimEnd(ReadOnlySpan<char> words, int start, ref int end)
    {
        ReadOnlySpan<char> name = words[start..end];
        int blank = name.LastIndexOf(' ');
        if (blank < 0)
        {
            return false;
        }
        ReadOnlySpan<char> last = name[(blank + 1)..];
        foreach (string phrase in LastWords.Contains(last) ? TrailingPhrases : [])
        {
            if (name.EndsWith(phrase))
            {
                end -= phrase.Length;
                return true;
            }
        }
        foreach (string phrase in _ownPhrases)
        {
            if (name.EndsWith(phrase))
            {
                end -= phrase.Length;
                return true;
            }
        }
        if (last is not ("the" or "and") && !Trailing.TryGet(last, out _))
        {
            return false;
        }
        end = start + blank;
        return true;
    }

    private static bool TrimStart(ReadOnlySpan<char> words, ref int start, int end)
    {
        ReadOnlySpan<char> name = words[start..end];
        int blank = name.IndexOf(' ');
        if (blank < 0)
        {
            return false;
        }
        foreach (string phrase in FirstWords.Contains(name[..blank]) ? LeadingPhrases : [])
        {
            if (name.StartsWith(phrase))
            {
                start += phrase.Length;
                return true;
            }
        }
        if (!Leading.Contains(name[..blank]))
        {
            return false;
        }
        start += blank + 1;
        return true;
    }
}
