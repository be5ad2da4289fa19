using IdentityResolution.Standardization.Text;

namespace IdentityResolution.Standardization.Places;

/// <summary>Abbreviations of street types, directions and units, folded.</summary>
internal static class StreetWords
{
    /// <summary>Street types; the target is the long form, because slips of the keyboard hurt long words less.</summary>
    public static readonly WordMap Types = new(
        "street: str, strt; road: rd; avenue: ave, av, aven; boulevard: blvd, boul, bvd; lane: ln; drive: drv; court: ct, crt; place: pl, plc; " +
        "circuit: cct, cir; crescent: cres, cr, crs, cresc; close: cl; terrace: tce, ter, terr; highway: hwy, hgwy; parkway: pkwy, pky, pwy; square: sq; " +
        "parade: pde; grove: gr, gve, grv; gardens: gdns, gdn; way: wy; trail: trl; turnpike: tpke; expressway: expy, exwy; freeway: fwy; route: rte; " +
        "esplanade: esp; mount: mt; heights: hts; junction: jct; point: pt; causeway: cswy; alley: aly; plaza: plz; rise; walk; mews; row; circle: circ; " +
        "ridge: rdg; crossing: xing; bypass: byp; loop; path; green: grn; strasse: strase; platz; gasse; weg; allee; chemin: che, chem; impasse: imp; " +
        "calle; carrer; avenida: avda, avd, avenid; paseo: pso; piazza: pza, pzza; viale: vle; corso: cso; largo: lgo; rua; travessa: tv; " +
        "ulica: ul; aleja: al; straat; laan; plein; gatan; vagen; prospekt: prosp; shosse; pereulok: per");

    /// <summary>Directions.</summary>
    public static readonly WordMap Directions = new(
        "north: n, nth; south: s, sth; east: e; west: w; northeast: ne; northwest: nw; southeast: se; southwest: sw");

    /// <summary>What names a part of a building.</summary>
    public static readonly WordSet Units = new("apt apartment unit suite ste flat rm room apto appartement wohnung whg lgt");

    /// <summary>Street types that stand before the name: then the number stands after it.</summary>
    public static readonly WordSet Leading = new(
        "rue chemin impasse calle carrer avenida paseo plaza piazza via viale corso largo rua travessa ulica ulitsa aleja praca allee place strada bulevardul");
}
