namespace IdentityResolution.Generation;

/// <summary>Invents people and their records in several sources: test data with a known answer.</summary>
/// <remarks>
/// Households share surname, address, telephone and sometimes e-mail; names follow Zipf's law with a long tail; people have nicknames,
/// marry, move and change their e-mail and telephone; sources differ in care, in what they ask for and in how they write. Records come in
/// shuffled order. Each record is computed alone from the seed and its position, so any number of them streams in constant memory.
/// No name, number or address is taken from a real person; e-mail addresses and telephone numbers reach nobody.
/// </remarks>
public static class PeopleGenerator
{
    /// <summary>The records, in shuffled order.</summary>
    /// <param name="options">What to make.</param>
    /// <returns>A lazy sequence of <see cref="PeopleGeneratorOptions.Records"/> records; it may be enumerated more than once.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static IEnumerable<SyntheticRecord> Generate(PeopleGeneratorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Enumerate(new RecordFactory(options), options.Records);
    }

    private static IEnumerable<SyntheticRecord> Enumerate(RecordFactory factory, long count)
    {
        for (long position = 0; position < count; position++)
        {
            yield return factory.Create(position);
        }
    }
}
