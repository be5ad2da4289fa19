using IdentityResolution.Internals;

namespace IdentityResolution.Generation;

/// <summary>An invented country: towns by size, streets, postal codes and dialling codes that belong together.</summary>
/// <remarks>Dialling codes begin with 04 and 06, which no telephone in the United Kingdom has: no number rings anywhere.</remarks>
internal static class Places
{
    private const int TownCount = 1500;
    private const int AreaCount = 120;
    private const string CodeLetters = "ABDEFGHJLNPQRSTUWXYZ";

    private const string TownStarts = """
        Ald Amber Apple Ash Ayles Barn Beck Bever Black Bourn Bram Brank Brook Caven Chal Clay Cold Cor Crane Dun Ebb Elder Ever Fal Fen Flax Gan
        Gold Grim Had Hare Haw Hex Hol Ingle Ivel Kest Kings Lang Lark Lin Lull Mar Mere Mill Mole Nant Nether Oak Orm Over Pen Pol Quarr Rad Raven
        Red Ris Row Salt Scar Sel Sil Snow Stan Stour Sun Swan Tam Thorn Tide Trent Ulls Upper Vale Wald War Wex Whin White Wil Win Wyn Yarr Yew
        """;

    private const string TownEnds = """
        ton ham ford ley bury field wick worth by mouth stead port gate dale combe hurst burn pool thorpe minster bridge cliffe holme mere sea
        """;

    private const string StreetStarts = """
        Church Station Mill Park High Victoria Queen King Albert School Chapel Green Manor Grange Orchard Bridge Castle Spring Elm Oak Ash Beech
        Cedar Willow Hawthorn Holly Maple Lime Poplar Rowan Birch Chestnut Laurel Meadow Field Hill River Lake Canal Quarry Forge Abbey Priory
        Vicarage Windmill Market Cross North South East West Upper Lower New Old George Alexandra Edward Wellington Nelson Cromwell Stuart Windsor
        Gladstone Cambridge Oxford York Lancaster Durham Devon Cornwall Kent Sussex Norfolk Suffolk Lincoln Heron Kingfisher Swallow Robin Falcon
        Primrose Bluebell Heather Clover Sycamore Juniper Fern Ivy Barley Copper Silver Golden Harbour Shore Cliff Sandy Stoney Long Short
        """;

    private static readonly string[] StreetEnds =
        ["Street", "Street", "Street", "Road", "Road", "Road", "Avenue", "Lane", "Lane", "Close", "Drive", "Way", "Court", "Place", "Gardens", "Crescent"];

    private static readonly string[] Streets = Words(StreetStarts);

    /// <summary>Towns, the largest first.</summary>
    public static RankedNames Towns { get; } = new(BuildTowns(), offset: 3, steep: false);

    /// <summary>Draws an address: a larger town more often.</summary>
    public static Address PickAddress(ref SplitMix64 random) => PickAddress(ref random, Towns.PickRank(ref random));

    /// <summary>Draws an address in one town.</summary>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="town">The town's rank.</param>
    public static Address PickAddress(ref SplitMix64 random, int town)
    {
        // A large town has more streets; which ones is settled by the town, so that neighbours share street and postal code.
        int streetsInTown = Math.Max(40, 24_000 / (town + 8));
        ulong street = StableHash.Combine((ulong)town, (ulong)random.Below(streetsInTown));
        string streetName = $"{Streets[(int)(street % (ulong)Streets.Length)]} {StreetEnds[(int)((street >> 20) % (ulong)StreetEnds.Length)]}";
        int number = 1 + (random.Chance(0.7) ? random.Below(60) : random.Below(240));
        int flat = random.Chance(0.12) ? 1 + random.Below(18) : 0;
        return new Address(flat, number, streetName, Towns[town], PostalCode(town, street, number), town);
    }

    /// <summary>A landline in a town.</summary>
    public static string PickLandline(ref SplitMix64 random, int town) => $"04{200 + (town % 700):D3}{random.Below(1_000_000):D6}";

    /// <summary>A mobile telephone.</summary>
    public static string PickMobile(ref SplitMix64 random) => $"06{random.Below(1_000_000_000):D9}";

    /// <summary>A letter as postal codes have them.</summary>
    public static char PickCodeLetter(ref SplitMix64 random) => random.Pick(CodeLetters);

    // Area and district come from the town, the last three characters from the street and about 20 house numbers.
    private static string PostalCode(int town, ulong street, int number)
    {
        int area = town % AreaCount;
        int district = 1 + (int)(StableHash.Combine((ulong)town, street % 5) % 28);
        ulong unit = StableHash.Combine(street, (ulong)(number / 20));
        return $"{CodeLetters[area / 20 * 3]}{CodeLetters[area % 20]}{district} " +
            $"{1 + (unit % 9)}{CodeLetters[(int)((unit >> 8) % 20)]}{CodeLetters[(int)((unit >> 16) % 20)]}";
    }

    private static List<string> BuildTowns()
    {
        string[] starts = Words(TownStarts);
        string[] ends = Words(TownEnds);
        var all = new RowShuffle(starts.Length * ends.Length, seed: 0x70);
        var towns = new List<string>(TownCount);
        for (int i = 0; i < TownCount; i++)
        {
            int item = (int)all[i];
            towns.Add(starts[item / ends.Length] + ends[item % ends.Length]);
        }
        return towns;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Where someone lives.</summary>
/// <param name="Flat">Number of the flat; 0 = a house.</param>
/// <param name="Number">House number, at least 1.</param>
/// <param name="Street">Name of the street.</param>
/// <param name="City">Name of the town.</param>
/// <param name="Postcode">Postal code with its space.</param>
/// <param name="TownRank">Rank of the town; 0 = the largest.</param>
internal sealed record Address(int Flat, int Number, string Street, string City, string Postcode, int TownRank);
