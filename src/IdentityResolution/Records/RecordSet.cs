using IdentityResolution.Records;

namespace IdentityResolution;

/// <summary>The records of one input, not yet read: a file, a stream, a query's rows or a list.</summary>
/// <remarks>Read once, streaming, when a resolver resolves or trains. Create one with the static methods.</remarks>
public abstract partial class RecordSet
{
    private protected RecordSet(string name, string source)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentException.ThrowIfNullOrEmpty(source);
        Name = name;
        Source = source;
    }

    /// <summary>The input's name in messages and in the quarantine: a file's path, or what the creator called it.</summary>
    public string Name { get; }

    /// <summary>The source of records that do not name their own.</summary>
    public string Source { get; }

    /// <summary>Reads every record into a segment; rows that can't be read are dropped into its quarantine.</summary>
    /// <param name="segment">The sink.</param>
    /// <param name="progress">Hears, from time to time and at the end, how many records this input has given; null = nobody.</param>
    /// <param name="cancellationToken">Stops reading between rows.</param>
    internal abstract Task ReadAsync(RecordSegmentBuilder segment, IProgress<long>? progress, CancellationToken cancellationToken);

    /// <summary>About how many records there are, as far as that is known before they are read; null = not known.</summary>
    internal virtual long? EstimateRecords() => null;
}
