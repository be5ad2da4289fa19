using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>How an NDJSON input (one JSON object per line) is read.</summary>
/// <remarks>Immutable. Derive a variant: <c>NdJsonOptions.Default with { IdColumn = "key" }</c>.</remarks>
public sealed record NdJsonOptions
{
    /// <summary>The options used when none are given.</summary>
    public static NdJsonOptions Default { get; } = new();

    /// <summary>The source name of the records.</summary>
    /// <value>Null = the file's name without extensions (<c>crm.ndjson.gz</c> gives <c>crm</c>). Default null.</value>
    public string? Source { get; init; }

    /// <summary>The property that names the source of each record, for a file that holds several sources.</summary>
    /// <value>A flattened name such as <c>meta.source</c>, compared without case; null = every record has <see cref="Source"/>. Default null.</value>
    public string? SourceColumn { get; init; }

    /// <summary>The property that holds the record ids.</summary>
    /// <value>
    /// A flattened name such as <c>meta.id</c>, compared without case; null = found by name among the properties of the first readable
    /// line, else the records are numbered 1, 2, 3, ... Default null.
    /// </value>
    public string? IdColumn { get; init; }

    /// <summary>The flattened properties to keep; others are parsed and forgotten. The id and source need not be named.</summary>
    /// <value>Names, compared without case; null = all. Default null.</value>
    public IReadOnlyCollection<string>? OnlyColumns { get; init; }

    /// <summary>Longest value that is accepted; a record with a longer one goes to quarantine.</summary>
    /// <value>Bytes of UTF-8, in [1, 256 MiB]. Default 1 MiB.</value>
    public int MaxFieldBytes { get; init; } = TextLimits.DefaultMaxFieldBytes;

    /// <summary>The encoding of the text.</summary>
    /// <value>Null = UTF-8, or what a byte order mark says (UTF-8, UTF-16 little or big endian). Default null.</value>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether a stream that the caller gave stays open after reading.</summary>
    /// <value>Default true. Files are always closed.</value>
    public bool LeaveOpen { get; init; } = true;

    internal static void Validate(NdJsonOptions options)
    {
        TextLimits.Validate(options.MaxFieldBytes, nameof(options));
        TextLimits.ValidateNames(options.Source, options.IdColumn, options.SourceColumn, nameof(options));
    }
}
