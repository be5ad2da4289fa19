using System.Runtime.CompilerServices;
using IdentityResolution.Standardization;

namespace IdentityResolution.Fields;

/// <summary>The writers of one thread, one per field and its options.</summary>
internal sealed class StandardValueWriters
{
    private readonly Dictionary<(Field Field, StandardizationOptions Options), StandardValueWriter> _writers = new(ByReference.Comparer);

    /// <summary>The writer for a field's values of a source.</summary>
    public StandardValueWriter Get(Field field, string source)
    {
        StandardizationOptions options = field.StandardizationOf(source);
        if (!_writers.TryGetValue((field, options), out StandardValueWriter? writer))
        {
            _writers.Add((field, options), writer = new StandardValueWriter(field.Kind, options));
        }
        return writer;
    }

    private sealed class ByReference : IEqualityComparer<(Field Field, StandardizationOptions Options)>
    {
        public static readonly ByReference Comparer = new();

        public bool Equals((Field Field, StandardizationOptions Options) x, (Field Field, StandardizationOptions Options) y) =>
            ReferenceEquals(x.Field, y.Field) && ReferenceEquals(x.Options, y.Options);

        public int GetHashCode((Field Field, StandardizationOptions Options) pair) =>
            HashCode.Combine(RuntimeHelpers.GetHashCode(pair.Field), RuntimeHelpers.GetHashCode(pair.Options));
    }
}
