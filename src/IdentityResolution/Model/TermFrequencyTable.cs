namespace IdentityResolution;

/// <summary>How common the values of a field, or the character triples in them, are.</summary>
/// <param name="Default">Frequency of what is not listed, in (0, 1].</param>
/// <param name="Values">Frequencies of the listed (standardized) values or triples, each in (0, 1].</param>
public sealed record TermFrequencyTable(double Default, IReadOnlyDictionary<string, double> Values)
{
    private const double Least = 1e-12;

    /// <summary>A table from outside, such as a census or a register.</summary>
    /// <param name="frequencies">
    /// Standardized values, each with its frequency in (0, 1]; or, where a number exceeds 1, all with their counts, which are divided by their sum.
    /// A value that stands twice has the sum of both.
    /// </param>
    /// <exception cref="ArgumentException">There is no value, or a number is not positive and finite.</exception>
    /// <remarks>A value that is not listed counts as common as the rarest listed one. Use <see cref="IdentityModel.WithTermFrequencies"/> for raw values.</remarks>
    public TermFrequencyTable(IEnumerable<KeyValuePair<string, double>> frequencies)
        : this(1, Normalize(frequencies))
    {
        Default = Values.Values.Min();
        IsGiven = true;
    }

    /// <summary>Is the table given from outside, so that training keeps it?</summary>
    /// <value>Default false: training counts the records anew.</value>
    public bool IsGiven { get; init; }

    /// <summary>The listed values, the most common first, equally common ones by their characters.</summary>
    internal IReadOnlyList<ListedValue> FromCommonToRare()
    {
        var listed = new List<ListedValue>(Values.Count);
        foreach ((string value, double frequency) in Values)
        {
            listed.Add(new ListedValue(value, frequency));
        }
        listed.Sort(static (one, other) => one.Frequency == other.Frequency
            ? string.CompareOrdinal(one.Value, other.Value)
            : other.Frequency.CompareTo(one.Frequency));
        return listed;
    }

    private static Dictionary<string, double> Normalize(IEnumerable<KeyValuePair<string, double>> frequencies)
    {
        ArgumentNullException.ThrowIfNull(frequencies);
        var sums = new Dictionary<string, double>(StringComparer.Ordinal);
        bool areCounts = false;
        double total = 0;
        foreach ((string value, double frequency) in frequencies)
        {
            if (!(frequency > 0) || !double.IsFinite(frequency))
            {
                throw new ArgumentException("Every frequency must be a positive number.", nameof(frequencies));
            }
            areCounts |= frequency > 1;
            total += frequency;
            sums[value] = sums.GetValueOrDefault(value) + frequency;
        }
        if (sums.Count == 0)
        {
            throw new ArgumentException("There is no value.", nameof(frequencies));
        }
        double scale = areCounts ? total : 1;
        return sums.ToDictionary(entry => entry.Key, entry => Math.Clamp(entry.Value / scale, Least, 1), StringComparer.Ordinal);
    }
}

/// <summary>A listed value of a <see cref="TermFrequencyTable"/>.</summary>
/// <param name="Value">The value.</param>
/// <param name="Frequency">How common it is, in (0, 1].</param>
internal sealed record ListedValue(string Value, double Frequency);
