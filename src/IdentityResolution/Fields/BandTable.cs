using IdentityResolution.Features;
using IdentityResolution.Records;

namespace IdentityResolution.Fields;

/// <summary>The bands of min-wise hashes of every distinct value of a field.</summary>
internal sealed class BandTable : PartTable
{
    private readonly MinHash _hash;

    /// <summary>Hashes every value once.</summary>
    /// <param name="values">The values.</param>
    /// <param name="rows">Rows of a band; see <see cref="MinHash"/>.</param>
    public BandTable(ValueDictionary values, int rows)
        : base(values)
    {
        _hash = new MinHash(rows);
        Extend();
    }

    /// <inheritdoc/>
    protected override void Split(ReadOnlySpan<byte> value, List<int> parts) => _hash.AddBands(value, parts);
}
