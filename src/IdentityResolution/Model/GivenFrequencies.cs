using IdentityResolution.Standardization;

namespace IdentityResolution;

/// <summary>Brings values from outside into the form that the values of a field have.</summary>
internal static class GivenFrequencies
{
    /// <summary>The standardized values with their numbers, those that standardize to nothing left out.</summary>
    /// <param name="field">The field.</param>
    /// <param name="frequencies">Values as sources write them, with a number each.</param>
    public static IEnumerable<KeyValuePair<string, double>> Standardize(Field field, IEnumerable<KeyValuePair<string, double>> frequencies)
    {
        IStandardizer standardizer = Standardizers.For(field.Kind, field.Standardization);
        var buffer = new char[64];
        foreach ((string raw, double number) in frequencies)
        {
            int most = standardizer.MaxLength(raw.Length);
            buffer = buffer.Length < most ? new char[most * 2] : buffer;
            int length = standardizer.Standardize(raw, buffer).Length;
            if (length > 0)
            {
                yield return new(field.Label is null ? new string(buffer, 0, length) : $"{field.Label}:{new string(buffer, 0, length)}", number);
            }
        }
    }
}
