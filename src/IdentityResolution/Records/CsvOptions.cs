using System.Text;
using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>How a CSV input is read.</summary>
/// <remarks>Immutable. Derive a variant: <c>CsvOptions.Default with { Delimiter = ';' }</c>.</remarks>
public sealed record CsvOptions
{
    /// <summary>The options used when none are given.</summary>
    public static CsvOptions Default { get; } = new();

    /// <summary>The source name of the records.</summary>
    /// <value>Null = the file's name without extensions (<c>crm.csv.gz</c> gives <c>crm</c>). Default null.</value>
    public string? Source { get; init; }

    /// <summary>The column that names the source of each row, for a file that holds several sources.</summary>
    /// <value>A column name, compared without case; null = every row has the source <see cref="Source"/>. Default null.</value>
    public string? SourceColumn { get; init; }

    /// <summary>The column that holds the record ids.</summary>
    /// <value>A column name, compared without case; null = found by its name, else the rows are numbered 1, 2, 3, ... Default null.</value>
    public string? IdColumn { get; init; }

    /// <summary>The character between fields.</summary>
    /// <value>An ASCII character other than a quote or a line break; null = the one of <c>, ; tab |</c> that fits the first lines. Default null.</value>
    public char? Delimiter { get; init; }

    /// <summary>Whether the first row names the columns.</summary>
    /// <value>False = columns are called column1, column2, ... Default true. Not looked at when <see cref="Columns"/> is given.</value>
    public bool HasHeader { get; init; } = true;

    /// <summary>The names of the columns of a file that has no header, in the order of the fields.</summary>
    /// <value>Null = the header names them (see <see cref="HasHeader"/>). Default null.</value>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>The columns to keep; others are parsed and forgotten. The id and source columns need not be named.</summary>
    /// <value>Names, compared without case; names that the file lacks are passed over. Null = all. Default null.</value>
    public IReadOnlyCollection<string>? OnlyColumns { get; init; }

    /// <summary>Longest field that is accepted; a row with a longer one goes to quarantine.</summary>
    /// <value>Bytes as they stand in the file (in UTF-8), in [1, 256 MiB]. Default 1 MiB.</value>
    public int MaxFieldBytes { get; init; } = TextLimits.DefaultMaxFieldBytes;

    /// <summary>The encoding of the text.</summary>
    /// <value>Null = UTF-8, or what a byte order mark says (UTF-8, UTF-16 little or big endian). Default null.</value>
    public Encoding? Encoding { get; init; }

    /// <summary>Whether a stream that the caller gave stays open after reading.</summary>
    /// <value>Default true. Files are always closed.</value>
    public bool LeaveOpen { get; init; } = true;

    internal static void Validate(CsvOptions options)
    {
        TextLimits.Validate(options.MaxFieldBytes, nameof(options));
        TextLimits.ValidateNames(options.Source, options.IdColumn, options.SourceColumn, nameof(options));
        if (options.Delimiter is '"' or '\r' or '\n' or '\0' or >= (char)128)
        {
            throw new ArgumentException("Delimiter must be an ASCII character other than a quote or a line break.", nameof(options));
        }
        if (options.Columns is { Count: 0 })
        {
            throw new ArgumentException("Columns must name at least one column, or be null.", nameof(options));
        }
    }
}
