using NpgsqlTypes;

namespace IdentityResolution.PostgreSql.Capture;

/// <summary>What a store keeps of a table's snapshot: changes before it are in it, and it holds only for a table that still looks so.</summary>
/// <param name="Lsn">The place in the log that the snapshot is of.</param>
/// <param name="Fingerprint">See <see cref="SourceTable.Fingerprint"/>.</param>
internal sealed record TableMarker(NpgsqlLogSequenceNumber Lsn, string Fingerprint)
{
    /// <summary>What is kept of a snapshot that is to be read again.</summary>
    public const string None = "none";

    public override string ToString() => $"{Lsn} {Fingerprint}";

    /// <summary>Reads what <see cref="ToString"/> wrote; null = no snapshot.</summary>
    public static TableMarker? Parse(string? text) =>
        text?.Split(' ') is [string lsn, string fingerprint] && NpgsqlLogSequenceNumber.TryParse(lsn, out NpgsqlLogSequenceNumber parsed)
            ? new TableMarker(parsed, fingerprint)
            : null;
}
