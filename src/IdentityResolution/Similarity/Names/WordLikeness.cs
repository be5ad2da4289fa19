using IdentityResolution.Standardization;
using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Similarity.Names;

/// <summary>How much two words of names are alike, and how much a word says.</summary>
/// <param name="Nicknames">Which given names stand for each other; null for the names of organisations.</param>
internal readonly record struct WordLikeness(NicknameTable? Nicknames)
{
    /// <summary>The likeness of letters and the words that they begin.</summary>
    public const double Acronym = 0.85;

    /// <summary>The weight of a word that is often left out.</summary>
    public const double MinorWeight = 0.35;

    /// <summary>What is left of the similarity of two people of one name and different generations.</summary>
    public const double OtherGeneration = 0.6;

    private const double Variant = 0.95;
    private const double Initial = 0.8;
    private const double Abbreviation = 0.8;
    private const double OtherFirstLetter = 0.85;
    /// <summary>Longer words are compared for equality only.</summary>
    public const int MaxLetters = 32;


    // Two romanizations of one name are a little less alike than two equal spellings, names without their vowels less again.
    private const double RomanizationCost = 0.03;
    private const double SkeletonCost = 0.08;

    // With fewer common letters no other romanization brings two words together.
    private const double HopelessShare = 0.25;

    private static readonly WordSet Particles = new(
        "van von vom zu zum zur der den de del della dello degli di da do dos das du des la le las los el al bin ibn bint ben abu ter ten te op y e av af ul ud ad");

    private static readonly WordSet Connectors = new("the and of for in at on a an de del la le les el los du des da do dos das di der die das und fur et y e i en per van voor");

    private static readonly WordSet Generic = new(
        "group gruppe groupe grupo gruppo holding holdings international global worldwide company companies enterprise enterprises services service solutions " +
        "systems technology technologies industries industry trading trade management partners associates consulting investment investments capital " +
        "products corporation limited incorporated business national general new north south east west central");

    private static readonly WordMap Spellings = new(
        "international: intl, internat, int; technology: tech, technologies, technol; manufacturing: mfg, manuf; brothers: bros; association: assoc, assn; national: natl, nat; " +
        "government: govt; department: dept; university: univ; services: svcs, svc, service, serv; management: mgmt, mgt; engineering: engg, engrg; laboratories: labs, lab, laboratory; " +
        "institute: inst; center: centre, ctr; industries: ind, inds, industry, industrial; systems: sys, system; products: prod, prods, product; holdings: holding, hldgs, hldg; " +
        "development: dev, devel; insurance: ins; financial: fin, finance; group: grp; investments: inv, invest, investment; construction: constr; electronics: elec, electronic; " +
        "transportation: transp, transport; distribution: distr; communications: comm, communication; pharmaceuticals: pharma, pharm, pharmaceutical; and: n; saint: st; mount: mt; " +
        "0: zero; 1: one, first, 1st; 2: two, ii, second, 2nd; 3: three, iii, third, 3rd; 4: four, iv, fourth, 4th; 5: five, fifth, 5th; 6: six, vi, sixth, 6th; 7: seven, vii, seventh, 7th; " +
        "8: eight, viii, eighth, 8th; 9: nine, ix, ninth, 9th; 10: ten, tenth, 10th; 11: eleven, eleventh, 11th; 12: twelve, twelfth, 12th; 20: twenty, twentieth, 20th; 21: 21st; 100: hundred");

    /// <summary>Whether one of the names comes from a script that does not write vowels, so that they say nothing.</summary>
    public bool SkipsVowels { get; init; }

    /// <summary>Whether both names are written in a script of their own, so that nothing was romanized in several ways.</summary>
    public bool IsNative { get; init; }

    /// <summary>Whether the words are of the names of people.</summary>
    public bool IsOfPeople => Nicknames is not null;

    /// <summary>Whether a word only joins others.</summary>
    public static bool IsConnector(ReadOnlySpan<char> word) => Connectors.Contains(word);

    /// <summary>How much agreement or contradiction in a word counts; about 1.</summary>
    public double Weigh(ReadOnlySpan<char> word)
    {
        if (IsOfPeople)
        {
            return word.Length == 1 || Particles.Contains(word) ? MinorWeight : 1;
        }
        // Of an organisation the long words are the rare ones.
        return Connectors.Contains(word) ? 0.1 : Generic.Contains(Spelled(word)) ? MinorWeight : Words.HasDigit(word) ? 1 : Math.Clamp(word.Length / 7.0, 0.6, 1.3);
    }

    /// <summary>The likeness of two words in [0, 1]; symmetric, 1 when they are equal.</summary>
    public double Of(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        if (left.SequenceEqual(right))
        {
            return 1;
        }
        if (Nicknames is null)
        {
            left = Spelled(left);
            right = Spelled(right);
            if (left.SequenceEqual(right))
            {
                return Variant;
            }
        }
        else if (left.Length == 1 || right.Length == 1)
        {
            return left[0] == right[0] ? Initial : 0;
        }
        else if (Nicknames.AreVariants(left, right))
        {
            return Variant;
        }
        // Numbers have no near ones.
        return Words.HasDigit(left) || Words.HasDigit(right) || Math.Max(left.Length, right.Length) > MaxLetters ? 0 : OfSpellings(left, right);
    }

    private static ReadOnlySpan<char> Spelled(ReadOnlySpan<char> word) => Spellings.TryGet(word, out string spelling) ? spelling : word;

    private double OfSpellings(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        int longer = Math.Max(left.Length, right.Length);
        int shorter = Math.Min(left.Length, right.Length);
        if (shorter < 2 || (shorter * 2 < longer && !SkipsVowels))
        {
            return !IsOfPeople && shorter >= 3 && (left.StartsWith(right) || right.StartsWith(left)) ? Abbreviation : 0;
        }
        double share = 1 - ((double)OptimalStringAlignment.Distance(left, right) / longer);
        if (share < HopelessShare && !SkipsVowels)
        {
            return 0;
        }
        Span<char> leftKey = stackalloc char[2 * MaxLetters];
        Span<char> rightKey = stackalloc char[2 * MaxLetters];
        leftKey = leftKey[..Romanization.Write(left, leftKey)];
        rightKey = rightKey[..Romanization.Write(right, rightKey)];
        share = IsNative ? share : Math.Max(share, Romanization.Similarity(leftKey, rightKey) - RomanizationCost);
        if (SkipsVowels)
        {
            share = Math.Max(share, Romanization.SkeletonSimilarity(leftKey, rightKey) - SkeletonCost);
        }
        double likeness = share <= 0.5 ? 0 : Math.Pow((share - 0.5) * 2, 0.7);
        likeness = leftKey[0] == rightKey[0] || left[0] == right[0] ? likeness : likeness * OtherFirstLetter;
        return !IsOfPeople && shorter >= 4 && (left.StartsWith(right) || right.StartsWith(left)) ? Math.Max(likeness, Abbreviation) : likeness;
    }
}
