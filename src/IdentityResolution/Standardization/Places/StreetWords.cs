using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Abbreviations of street types, directions and units, folded. Every target is its own target.</summary>
internal static class StreetWords
{
    /// <summary>Street types; the target is the long form, because slips of the keyboard hurt long words less.</summary>
    public static readonly WordMap Types = new(
        "street: str, strt; road: rd; avenue: ave, av, aven, avn; boulevard: blvd, boul, bvd, bd, blv; lane: ln; drive: drv; court: ct, crt; place: pl, plc; " +
        "circuit: cct, crct; crescent: cres, crs, cresc; close: clse; terrace: tce, ter, terr; highway: hwy, hgwy, hway; parkway: pkwy, pky, pwy; square: sq; " +
        "parade: pde; grove: grv, gve; gardens: gdns, gdn; way: wy; trail: trl; turnpike: tpke; expressway: expy, exwy; freeway: fwy; route: rte; " +
        "esplanade: espl; mount: mt; heights: hts; junction: jct, jctn; point: pt; causeway: cswy, csway; alley: aly; plaza: plz; rise; walk; mews; row; " +
        "circle: cir, circ, crcle; ridge: rdg; ridges: rdgs; crossing: xing; bypass: byp; loop; path; green: grn; view: vw; valley: vly; station: stn; " +
        "court yard: ctyd; extension: extn; meadows: mdws; hill: hl; hills: hls; floor: fl, flr; building: bldg; mountain: mtn; fort: ft; " +
        "strasse: strase; platz; gasse; weg; allee; chemin: chem; impasse; quai; passage; sentier; rue; " +
        "calle; carrer; avenida: avda, avd, avnda; paseo: pso; via; piazza: pza, pzza; viale: vle; corso: cso; largo: lgo; vicolo; rua; travessa; praca; " +
        "ulica: ul; aleja; plac; ulitsa; prospekt: prosp; shosse; pereulok; straat; laan; plein; gracht; gatan; vagen; vej; gade; katu; tie; sokak: sok; cadde: cad; caddesi");

    /// <summary>Directions.</summary>
    public static readonly WordMap Directions = new(
        "north: n, nth; south: s, sth; east: e; west: w; northeast: ne; northwest: nw; southeast: se; southwest: sw");

    /// <summary>What names a part of a building; all become "unit".</summary>
    public static readonly WordSet Units =
        new("unit apt apartment apartement suite ste flat rm room apto appartement appartment appt wohnung whg villa shop lokal mieszkanie kv kvartira daire int interno interior piso");

    /// <summary>Street types that stand before the name; n, s, e, w in such an address are no directions.</summary>
    public static readonly WordSet Leading = new(
        "rue chemin impasse quai calle carrer avenida paseo piazza via viale corso largo vicolo rua travessa praca ulica ulitsa aleja plac allee strada bulevardul");

    /// <summary>Words whose number is theirs and no house number: route 66, po box 5.</summary>
    public static readonly WordSet OwnNumber = new(
        "unit route highway box level floor lot km hwy us sr cr rt interstate i fm loop road calle carrera rural rr stop room block stage phase sector zone bp postfach");

    /// <summary>Words that announce a house number.</summary>
    public static readonly WordSet NumberMarks = new("no nr num numero number nro hausnummer hnr nummer");
}
