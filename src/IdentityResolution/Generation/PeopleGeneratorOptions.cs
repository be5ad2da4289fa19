namespace IdentityResolution.Generation;

/// <summary>What people to generate. The same options give the same bytes on every machine.</summary>
/// <remarks>Immutable. Derive a variant: <c>options with { Seed = 2 }</c>.</remarks>
public sealed record PeopleGeneratorOptions
{
    /// <summary>The most records of one run.</summary>
    public const long MaxRecords = 1_000_000_000;

    /// <summary>The most sources.</summary>
    public const int MaxSources = 6;

    /// <summary>How many records to make; about 2.1 are of the same person.</summary>
    /// <value>A count in [1, 1,000,000,000]. Default 1,000.</value>
    public long Records { get; init; } = 1000;

    /// <summary>Chooses the people and their errors.</summary>
    /// <value>Any number. Default 1.</value>
    public ulong Seed { get; init; } = 1;

    /// <summary>How many sources share the records: <c>crm</c>, <c>shop</c>, <c>support</c>, <c>web</c>, <c>loyalty</c>, <c>partner</c>, in this order.</summary>
    /// <value>A count in [1, 6]. Default 3.</value>
    public int Sources { get; init; } = 3;

    /// <summary>How many errors are made, relative to the default.</summary>
    /// <value>A factor in [0, 3]: 0 = none (values are still missing, and people still move and marry), 1 = default.</value>
    public double Noise { get; init; } = 1;

    /// <summary>The share of records that carry one and the same e-mail address, as systems that ask for one without need end up with.</summary>
    /// <value>A share in [0, 1]. Default 0.</value>
    public double HotEmailShare { get; init; }

    /// <summary>The share of people who have one and the same surname.</summary>
    /// <value>A share in [0, 1]. Default 0.</value>
    public double HotSurnameShare { get; init; }

    /// <summary>What is out of range, in words; null when nothing is.</summary>
    internal string? FindError()
    {
        if (Records is < 1 or > MaxRecords)
        {
            return $"Records must be in [1, {MaxRecords}] but is {Records}.";
        }
        if (Sources is < 1 or > MaxSources)
        {
            return $"Sources must be in [1, {MaxSources}] but is {Sources}.";
        }
        if (HotEmailShare is not (>= 0 and <= 1) || HotSurnameShare is not (>= 0 and <= 1))
        {
            return $"HotEmailShare and HotSurnameShare must be in [0, 1] but are {HotEmailShare} and {HotSurnameShare}.";
        }
        return Noise is >= 0 and <= 3 ? null : $"Noise must be in [0, 3] but is {Noise}.";
    }
}
