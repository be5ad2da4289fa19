using System.Globalization;

namespace IdentityResolution.Cli;

/// <summary>Says on the error stream what a run decided and what deserves a look.</summary>
internal static class RunReport
{
    private const int ExamplesPerReason = 3;

    /// <summary>What the library decided by itself.</summary>
    public static void WriteDecisions(TextWriter error, IReadOnlyList<string> decisions)
    {
        foreach (string decision in decisions)
        {
            error.WriteLine(decision);
        }
    }

    /// <summary>What deserves a look.</summary>
    public static void WriteWarnings(TextWriter error, IReadOnlyList<string> warnings)
    {
        foreach (string warning in warnings)
        {
            error.WriteLine($"warning: {warning}");
        }
    }

    /// <summary>How many pairs wait for a person.</summary>
    public static void WriteReview(TextWriter error, ReviewList review)
    {
        if (review.TotalCount > 0)
        {
            int more = review.TotalCount - review.Items.Count;
            error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{review.Items.Count:N0} {(review.Items.Count == 1 ? "pair is" : "pairs are")} listed for review{(more == 0 ? "" : $", and {more:N0} in less doubt are not")}."));
        }
    }

    /// <summary>The rows that were set aside: how many for which reason, and the first of each.</summary>
    public static void WriteQuarantine(TextWriter error, IReadOnlyList<QuarantinedRow> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }
        error.WriteLine(rows.Count == 1
            ? "1 row could not be read and was left out:"
            : $"{rows.Count} rows could not be read and were left out:");
        IEnumerable<IGrouping<QuarantineReason, QuarantinedRow>> reasons =
            rows.GroupBy(row => row.Reason).OrderByDescending(group => group.Count()).ThenBy(group => group.Key);
        foreach (IGrouping<QuarantineReason, QuarantinedRow> reason in reasons)
        {
            error.WriteLine($"  {reason.Key}: {reason.Count()}");
            foreach (QuarantinedRow row in reason.Take(ExamplesPerReason))
            {
                string column = row.Column is null ? string.Empty : $"column {row.Column}: ";
                error.WriteLine($"    {row.Input}:{row.LineNumber}: {column}{row.Message}");
            }
        }
    }
}
