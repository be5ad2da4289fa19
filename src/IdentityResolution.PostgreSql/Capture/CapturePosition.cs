using System.Globalization;
using NpgsqlTypes;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>How far a slot has been read: every transaction whose commit stands before a place in the log, and some changes of the one that stands there.</summary>
/// <param name="Lsn">The place: the end of the last commit, or the start of the commit of a transaction that is read in part.</param>
/// <param name="Changes">How many changes of that transaction have been read.</param>
internal readonly record struct CapturePosition(NpgsqlLogSequenceNumber Lsn, long Changes)
{
    /// <summary>Is this position behind the other one?</summary>
    public bool IsAfter(CapturePosition other) => Lsn == other.Lsn ? Changes > other.Changes : Lsn > other.Lsn;

    /// <summary>The position as a store keeps it: <c>16/B374D848</c>, or <c>16/B374D848+5000</c> within a transaction.</summary>
    public override string ToString() => Changes == 0 ? Lsn.ToString() : string.Create(CultureInfo.InvariantCulture, $"{Lsn}+{Changes}");

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="ChangeCaptureException">It is something else.</exception>
    public static CapturePosition Parse(string text, string stream)
    {
        int plus = text.IndexOf('+', StringComparison.Ordinal);
        long changes = 0;
        bool isRead = NpgsqlLogSequenceNumber.TryParse(plus < 0 ? text : text[..plus], out NpgsqlLogSequenceNumber lsn)
            && (plus < 0 || long.TryParse(text[(plus + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out changes));
        return isRead ? new CapturePosition(lsn, changes) : throw new ChangeCaptureException($"The store's position of the stream '{stream}' is no position in a log of PostgreSQL.");
    }
}
