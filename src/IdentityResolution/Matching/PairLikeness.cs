namespace IdentityResolution.Matching;

/// <summary>How alike two records are, finer than levels can tell.</summary>
internal static class PairLikeness
{
    /// <summary>The sum of the likeness of all values that both records have.</summary>
    /// <param name="compiled">The comparisons.</param>
    /// <param name="left">One record.</param>
    /// <param name="right">The other.</param>
    /// <returns>From 0 to the number of comparisons. Symmetric.</returns>
    public static double Of(CompiledModel compiled, int left, int right)
    {
        double sum = 0;
        foreach (CompiledComparison comparison in compiled.Comparisons)
        {
            int one = comparison.Column.Codes[left];
            int other = comparison.Column.Codes[right];
            sum += one < 0 || other < 0 ? 0 : OfValues(comparison, one, other);
        }
        return sum;
    }

    // Of several values that of the two which are most alike.
    private static double OfValues(CompiledComparison comparison, int left, int right)
    {
        if (left == right)
        {
            return 1;
        }
        if (comparison.Column.Sets is null)
        {
            return comparison.Likeness(left, right);
        }
        double most = 0;
        foreach (int one in comparison.Column.MembersOf(left))
        {
            foreach (int other in comparison.Column.MembersOf(right))
            {
                most = Math.Max(most, one == other ? 1 : comparison.Likeness(one, other));
            }
        }
        return most;
    }
}
