namespace IdentityResolution.Records;

/// <summary>Reads several inputs, one after the other, into one table.</summary>
internal static class RecordTableReader
{
    /// <summary>Reads every input to its end.</summary>
    /// <param name="inputs">The inputs; two may name the same source as long as their record ids differ.</param>
    /// <param name="builder">Collects the records; keeps the rows that could not be read, also when reading fails.</param>
    /// <param name="maxQuarantinedRows">How many rows may go to quarantine; null = any number.</param>
    /// <param name="progress">Hears how many records were read in all; null = nobody.</param>
    /// <param name="cancellationToken">Stops reading between rows.</param>
    /// <exception cref="InvalidRecordException">An input can't be read, or more rows than allowed are in quarantine.</exception>
    /// <exception cref="FileNotFoundException">An input's file does not exist.</exception>
    public static async Task<RecordTable> ReadAsync(
        IReadOnlyList<RecordSet> inputs,
        RecordTableBuilder builder,
        long? maxQuarantinedRows,
        IProgress<ResolutionProgress>? progress,
        CancellationToken cancellationToken)
    {
        builder.MaxQuarantinedRows = maxQuarantinedRows;
        long before = 0;
        foreach (RecordSet input in inputs)
        {
            cancellationToken.ThrowIfCancellationRequested();
            RecordSegmentBuilder segment = builder.AddSegment(input.Name, input.Source);
            IProgress<long>? counter = progress is null ? null : new TotalProgress(progress, before);
            await input.ReadAsync(segment, counter, cancellationToken).ConfigureAwait(false);
            before += segment.Count;
        }
        return builder.Build();
    }

    private sealed class TotalProgress(IProgress<ResolutionProgress> listener, long before) : IProgress<long>
    {
        public void Report(long value) => listener.Report(new ResolutionProgress("read", before + value, null, "records"));
    }
}
