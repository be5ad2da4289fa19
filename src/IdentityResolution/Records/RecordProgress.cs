namespace IdentityResolution.Records;

/// <summary>Tells a listener, every 65,536 records, how many a segment has taken.</summary>
internal sealed class RecordProgress(RecordSegmentBuilder segment, IProgress<long>? listener)
{
    private const int Step = 64 * 1024;
    private int _reported;

    /// <summary>One record more was taken.</summary>
    public void Count()
    {
        if (listener is not null && segment.Count % Step == 0)
        {
            listener.Report(segment.Count);
        }
    }

    /// <summary>So many records were taken; what was passed since the last call is told step by step.</summary>
    public void Report(int count)
    {
        while (listener is not null && _reported + Step <= count)
        {
            _reported += Step;
            listener.Report(_reported);
        }
    }

    /// <summary>Tells the count as it is now.</summary>
    public void Report() => listener?.Report(segment.Count);
}
