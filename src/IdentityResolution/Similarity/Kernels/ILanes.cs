namespace IdentityResolution.Similarity.Kernels;

/// <summary>A register as lanes of whole numbers: what the strip kernels ask of a machine. Comparisons give lanes of all ones or none.</summary>
/// <typeparam name="TRegister">The register with its lanes.</typeparam>
internal unsafe interface ILanes<TRegister>
    where TRegister : struct
{
    /// <summary>How many lanes a register has.</summary>
    static abstract int Count { get; }

    /// <summary>How long a register is. Bytes.</summary>
    static abstract int Size { get; }

    /// <summary>A number's low bits in every lane.</summary>
    static abstract TRegister Broadcast(ulong value);

    static abstract TRegister Load(byte* source);

    static abstract void Store(TRegister lanes, byte* destination);

    static abstract TRegister Add(TRegister left, TRegister right);

    static abstract TRegister Subtract(TRegister left, TRegister right);

    static abstract TRegister And(TRegister left, TRegister right);

    static abstract TRegister Or(TRegister left, TRegister right);

    static abstract TRegister Xor(TRegister left, TRegister right);

    static abstract TRegister Not(TRegister lanes);

    /// <summary>The lesser of two unsigned numbers.</summary>
    static abstract TRegister Min(TRegister left, TRegister right);

    /// <summary>The greater of two unsigned numbers.</summary>
    static abstract TRegister Max(TRegister left, TRegister right);

    /// <summary>Lanes in which the left number is greater, for numbers up to 127.</summary>
    static abstract TRegister GreaterThan(TRegister left, TRegister right);

    /// <summary>Lanes that are not 0.</summary>
    static abstract TRegister NonZero(TRegister lanes);

    /// <summary>One of two by lanes of all ones or none.</summary>
    static abstract TRegister Select(TRegister condition, TRegister whenTrue, TRegister whenFalse);

    /// <summary>How many bits of each lane are set.</summary>
    static abstract TRegister PopCount(TRegister lanes);

    /// <summary>The highest bit of each lane, the first lane's lowest.</summary>
    static abstract ulong HighBits(TRegister lanes);

    /// <summary>Writes the lanes as 32-bit numbers.</summary>
    static abstract void StoreAsInts(TRegister lanes, int* destination);
}
