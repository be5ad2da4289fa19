namespace IdentityResolution.Generation;

/// <summary>Who has how many records and who lives with whom: blocks of people with the same layout, so that both can be found by arithmetic.</summary>
/// <remarks>
/// Of 200 people, 80 have one record, 64 two, 30 three, 15 four, 7 five, and the rest six, six, eight and twelve: 425 records.
/// 140 people live alone, 36 as couples, 12 in households of three and 12 in households of four.
/// </remarks>
internal static class Population
{
    private const int PeopleInBlock = 200;

    private static readonly (int Size, int People)[] RecordCounts = [(1, 80), (2, 64), (3, 30), (4, 15), (5, 7), (6, 2), (8, 1), (12, 1)];
    private static readonly (int Size, int Households)[] HouseholdSizes = [(1, 140), (2, 18), (3, 4), (4, 3)];

    private static readonly (int Group, int Member)[] Slots = Spread(RecordCounts, seed: 0xA1);
    private static readonly (int Group, int Member)[] Homes = Spread(HouseholdSizes, seed: 0xB2);
    private static readonly int[] SizeOfHousehold = SizesOf(Homes);
    private static readonly int[] SizeOfPerson = SizesOf(Slots);

    /// <summary>The person a record is of, which of the person's records it is (0-based), and how many the person has.</summary>
    public static (long Person, int Index, int Count) RecordAt(long record)
    {
        (int person, int index) = Slots[record % Slots.Length];
        return ((record / Slots.Length * PeopleInBlock) + person, index, SizeOfPerson[person]);
    }

    /// <summary>The household of a person, the place in it (0 = head), and how many live there.</summary>
    public static (long Household, int Member, int Size) HomeOf(long person)
    {
        (int household, int member) = Homes[person % PeopleInBlock];
        return ((person / PeopleInBlock * SizeOfHousehold.Length) + household, member, SizeOfHousehold[household]);
    }

    // Groups are numbered in shuffled order, so that sizes do not follow the numbering; members of a group stand together.
    private static (int Group, int Member)[] Spread((int Size, int Groups)[] layout, ulong seed)
    {
        int[] sizes = [.. layout.SelectMany(entry => Enumerable.Repeat(entry.Size, entry.Groups))];
        var order = new RowShuffle(sizes.Length, seed);
        var members = new List<(int Group, int Member)>();
        for (int group = 0; group < sizes.Length; group++)
        {
            int size = sizes[(int)order[group]];
            for (int member = 0; member < size; member++)
            {
                members.Add((group, member));
            }
        }
        return [.. members];
    }

    private static int[] SizesOf((int Group, int Member)[] members)
    {
        var sizes = new int[members[^1].Group + 1];
        foreach ((int group, int _) in members)
        {
            sizes[group]++;
        }
        return sizes;
    }
}
