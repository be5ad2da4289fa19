namespace IdentityResolution.Generation;

/// <summary>Writes one row of CSV (RFC 4180): fields with a comma, quote or line break are quoted.</summary>
/// <param name="writer">Receives the row.</param>
internal ref struct CsvRow(TextWriter writer)
{
    private bool _started;

    /// <summary>Adds a field; null is an empty one.</summary>
    public void Add(string? value)
    {
        if (_started)
        {
            writer.Write(',');
        }
        _started = true;
        if (value is null)
        {
            return;
        }
        if (value.AsSpan().IndexOfAny(",\"\r\n") < 0)
        {
            writer.Write(value);
            return;
        }
        writer.Write('"');
        writer.Write(value.Replace("\"", "\"\"", StringComparison.Ordinal));
        writer.Write('"');
    }

    /// <summary>Ends the row.</summary>
    public readonly void End() => writer.Write('\n');
}
