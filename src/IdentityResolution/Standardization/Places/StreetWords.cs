using System.Collections.Frozen;

namespace IdentityResolution.Standardization.Places;

/// <summary>Abbreviations of street types, directions and units, folded. Every target is its own target.</summary>
/// <remarks>All words stand in one dictionary, so that a word of an address is looked up once.</remarks>
internal static class StreetWords
{
    // Street types; the target is the long form, because slips of the keyboard hurt long words less.</summary>
    private const string Types =
        "street: str, strt; road: rd; avenue: ave, av, aven, avn; boulevard: blvd, boul, bvd, bd, blv; lane: ln; drive: drv; court: ct, crt; place: pl, plc; " +
        "circuit: cct, crct; crescent: cres, crs, cresc; close: clse; terrace: tce, ter, terr; highway: hwy, hgwy, hway; parkway: pkwy, pky, pwy; square: sq; " +
        "parade: pde; grove: grv, gve; gardens: gdns, gdn; way: wy; trail: trl; turnpike: tpke; expressway: expy, exwy; freeway: fwy; route: rte; " +
        "esplanade: espl; mount: mt; heights: hts; junction: jct, jctn; point: pt; causeway: cswy, csway; alley: aly; plaza: plz; rise; walk; mews; row; " +
        "circle: cir, circ, crcle; ridge: rdg; ridges: rdgs; crossing: xing; bypass: byp; loop; path; green: grn; view: vw; valley: vly; station: stn; " +
        "extension: extn; meadows: mdws; hill: hl; hills: hls; streets: sts; roads: rds; avenues: aves; " +
        "ranch: rnch; manor: mnr; manors: mnrs; lodge: ldg; knoll: knl; knolls: knls; harbor: hbr, harbour; spring: spg; springs: spgs; village: vlg; vista: vis; " +
        "forge: frg; fork: frk; gateway: gtwy; glen: gln; haven: hvn; hollow: holw; inlet: inlt; landing: lndg; mills: mls; mission: msn; neck: nck; " +
        "orchard: orch; overpass: opas; pines: pnes; plain: pln; plains: plns; port: prt; ports: prts; rapids: rpds; river: riv; shoals: shls; shore: shr; " +
        "shores: shrs; skyway: skwy; stravenue: stra; stream: strm; summit: smt; throughway: trwy; trace: trce; track: trak; tunnel: tunl; underpass: upas; " +
        "bend: bnd; bluff: blf; bluffs: blfs; branch: brnch; bridge: brg; brook: brk; canyon: cyn; center: ctr, centre; cliff: clf; cliffs: clfs; common: cmn; " +
        "corner: cor; corners: cors; course: crse; cove; creek: crk; crest: crst; estate: est; estates: ests; falls: fls; ferry: fry; field: fld; fields: flds; " +
        "ford: frd; forest: frst; garden; motorway: mtwy; viaduct: viad; " +
        " floor: fl, flr; building: bldg; mountain: mtn; fort: ft; " +
        "strasse: strase; platz; gasse; weg; allee; chemin: chem; impasse; quai; passage; sentier; rue; " +
        "calle; carrer; avenida: avda, avd, avnda; paseo: pso; via; piazza: pza, pzza; viale: vle; corso: cso; largo: lgo; vicolo; rua; travessa; praca; " +
        "ulica: ul; aleja; plac; ulitsa; prospekt: prosp; shosse; pereulok; straat; laan; plein; gracht; gatan; vagen; vej; gade; katu; tie; sokak: sok; cadde: cad; caddesi";

    // Directions.
    private const string Directions =
        "north: n, nth; south: s, sth; east: e; west: w; northeast: ne; northwest: nw; southeast: se; southwest: sw";

    // What names a part of a building; all become "unit".
    private const string Units =
        "unit apt apartment apartement suite ste flat rm room apto appartement appartment appt wohnung whg villa shop lokal mieszkanie kv kvartira daire int interno interior piso lgh lagenhet dpto departamento lok bte boite";

    // Street types that stand before the name; n, s, e, w in such an address are no directions.
    private const string Leading =
        "rue chemin impasse quai calle carrer avenida paseo piazza via viale corso largo vicolo rua travessa praca ulica ulitsa aleja plac allee strada bulevardul";

    // Words whose number is theirs and no house number: route 66, po box 5.
    private const string OwnNumber =
        "unit route highway box level floor lot km hwy us sr cr rt interstate i fm loop road calle carrera rural rr stop room block stage phase sector zone bp postfach";

    // Words that join two streets: what stands before them is no saint.
    private const string Joints = "at and near between corner of off opposite opp behind x";

    // Words that announce a house number.
    private const string NumberMarks = "no nr num numero number nro hausnummer hnr nummer";

    // Entry 0 stands for words that are not listed.
    private static readonly List<StreetWord> Entries = [default];
    private static readonly FrozenDictionary<string, short>.AlternateLookup<ReadOnlySpan<char>> Index = Load();

    /// <summary>The entry of a word; 0 when it is not listed.</summary>
    public static short Find(ReadOnlySpan<char> word) => Index.TryGetValue(word, out short entry) ? entry : (short)0;

    /// <summary>What is known of an entry's word.</summary>
    public static StreetWord Get(short entry) => Entries[entry];

    private static FrozenDictionary<string, short>.AlternateLookup<ReadOnlySpan<char>> Load()
    {
        var words = new Dictionary<string, StreetWord>(StringComparer.Ordinal);
        AddGroups(words, Types, StreetRoles.Type);
        AddGroups(words, Directions, StreetRoles.Direction);
        Add(words, Units, StreetRoles.Unit);
        Add(words, OwnNumber, StreetRoles.OwnNumber);
        Add(words, NumberMarks, StreetRoles.NumberMark);
        Add(words, Joints, StreetRoles.Joint);
        Add(words, Leading, StreetRoles.Leading);
        var index = new Dictionary<string, short>(StringComparer.Ordinal);
        foreach ((string word, StreetWord entry) in words)
        {
            // An abbreviation leads where its target does: "ul" as "ulica".
            bool leads = entry.Target is not null && words.TryGetValue(entry.Target, out StreetWord target) && (target.Roles & StreetRoles.Leading) != StreetRoles.None;
            index.Add(word, (short)Entries.Count);
            Entries.Add(leads ? entry with { Roles = entry.Roles | StreetRoles.Leading } : entry);
        }
        return index.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    private static void AddGroups(Dictionary<string, StreetWord> words, string groups, StreetRoles role)
    {
        foreach (string group in groups.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] names = group.Split([':', ','], StringSplitOptions.TrimEntries);
            foreach (string name in names)
            {
                words.Add(name, new StreetWord(names[0], role));
            }
        }
    }

    private static void Add(Dictionary<string, StreetWord> words, string list, StreetRoles role)
    {
        foreach (string name in list.Split(' '))
        {
            StreetWord known = words.GetValueOrDefault(name);
            words[name] = known with { Roles = known.Roles | role };
        }
    }
}

/// <summary>What is known of a word in addresses.</summary>
/// <param name="Target">How it is spelled out; null when it stays.</param>
/// <param name="Roles">What it can be.</param>
internal readonly record struct StreetWord(string? Target, StreetRoles Roles);

/// <summary>What a word in an address can be.</summary>
[Flags]
internal enum StreetRoles : byte
{
    /// <summary>A name.</summary>
    None = 0,

    /// <summary>A street type.</summary>
    Type = 1,

    /// <summary>A direction.</summary>
    Direction = 2,

    /// <summary>What names a part of a building.</summary>
    Unit = 4,

    /// <summary>A street type that stands before the name.</summary>
    Leading = 8,

    /// <summary>A word with a number of its own.</summary>
    OwnNumber = 16,

    /// <summary>A word before a house number.</summary>
    NumberMark = 32,

    /// <summary>A word between two streets.</summary>
    Joint = 64,
}
