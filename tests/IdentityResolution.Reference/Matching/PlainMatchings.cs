namespace IdentityResolution.Reference.Matching;

/// <summary>Chances of competing links by listing every set of links that can be true together.</summary>
public static class PlainMatchings
{
    /// <summary>The share of the weight of all matchings that each link's matchings have.</summary>
    /// <param name="odds">The odds of each link against both of its records staying alone.</param>
    /// <param name="slots">Per link: what it takes up; links that share a slot exclude each other.</param>
    public static double[] Chances(double[] odds, string[][] slots)
    {
        var with = new double[odds.Length];
        double all = 0;
        for (int set = 0; set < 1 << odds.Length; set++)
        {
            int[] links = [.. Enumerable.Range(0, odds.Length).Where(link => (set >> link & 1) != 0)];
            string[] taken = [.. links.SelectMany(link => slots[link])];
            if (taken.Distinct().Count() == taken.Length)
            {
                double weight = links.Aggregate(1.0, (product, link) => product * odds[link]);
                all += weight;
                foreach (int link in links)
                {
                    with[link] += weight;
                }
            }
        }
        return [.. with.Select(weight => weight / all)];
    }
}
