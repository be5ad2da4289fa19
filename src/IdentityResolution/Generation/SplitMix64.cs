namespace IdentityResolution.Generation;

/// <summary>A small pseudo-random generator: the same seed gives the same numbers on every machine and runtime.</summary>
/// <remarks>
/// Every stream is cheap to start, so each person and each record has one of its own and can be made alone, in any order.
/// Source: Steele, Lea and Flood (2014), "Fast Splittable Pseudorandom Number Generators", OOPSLA, https://doi.org/10.1145/2660193.2660195.
/// </remarks>
internal struct SplitMix64(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15UL;
        ulong z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
        return z ^ (z >> 31);
    }

    /// <summary>A number in [0, bound).</summary>
    /// <remarks>By multiplication (Lemire 2019); the bias is under 2^-32 for 32-bit bounds.</remarks>
    public long Below(long bound) => (long)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number in [0, bound).</summary>
    public int Below(int bound) => (int)Below((long)bound);

    /// <summary>True with a probability in [0, 1].</summary>
    public bool Chance(double probability) => Unit() < probability;

    /// <summary>A number in [0, 1) with 53 random bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>One of the items, each as likely as the others.</summary>
    public T Pick<T>(ReadOnlySpan<T> items) => items[Below(items.Length)];

    /// <summary>One character of the text.</summary>
    public char Pick(string characters) => characters[Below(characters.Length)];
}
