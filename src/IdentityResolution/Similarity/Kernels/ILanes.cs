namespace IdentityResolution.Similarity.Kernels;

/// <summary>A register as lanes of whole numbers: what the strip kernels ask of a machine. Comparisons give lanes of all ones or none.</summary>
/// <remarks>Operations of three numbers are one instruction of AVX-512. They are named, since the compiler finds them only within one expression.</remarks>
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

    /// <summary>The left bits that the right lacks.</summary>
    static abstract TRegister AndNot(TRegister left, TRegister right);

    /// <summary>The first bits, and those that neither of the others has.</summary>
    static abstract TRegister OrNeither(TRegister first, TRegister second, TRegister third);

    /// <summary>The first bits, and those of the second that the third lacks.</summary>
    static abstract TRegister OrExcept(TRegister first, TRegister second, TRegister third);

    /// <summary>A step of the common subsequence: in each run of open bits the lowest that matches is closed, and the closed bit above them opened.</summary>
    static abstract TRegister CloseMatched(TRegister open, TRegister match);

    /// <summary>The first bits, and those that both others have.</summary>
    static abstract TRegister OrBoth(TRegister first, TRegister second, TRegister third);

    /// <summary>The first bits, and those that just one of the others has.</summary>
    static abstract TRegister OrEither(TRegister first, TRegister second, TRegister third);

    /// <summary>The first bits, turned where both others have one.</summary>
    static abstract TRegister XorBoth(TRegister first, TRegister second, TRegister third);

    /// <summary>The bits that all three have.</summary>
    static abstract TRegister All(TRegister first, TRegister second, TRegister third);

    /// <summary>The bits that the first two have and the third lacks.</summary>
    static abstract TRegister BothExcept(TRegister first, TRegister second, TRegister third);

    /// <summary>The lesser of two unsigned numbers.</summary>
    static abstract TRegister Min(TRegister left, TRegister right);

    /// <summary>The greater of two unsigned numbers.</summary>
    static abstract TRegister Max(TRegister left, TRegister right);

    /// <summary>Lanes in which the left number is greater, for numbers up to 127.</summary>
    static abstract TRegister GreaterThan(TRegister left, TRegister right);

    /// <summary>The first bits that either of the others has too.</summary>
    static abstract TRegister AndEither(TRegister first, TRegister second, TRegister third);

    /// <summary>The bits that one of them has or all three.</summary>
    static abstract TRegister XorAll(TRegister first, TRegister second, TRegister third);

    /// <summary>The bits that two of them have or all three.</summary>
    static abstract TRegister Most(TRegister first, TRegister second, TRegister third);

    /// <summary>Lanes that are not 0.</summary>
    static abstract TRegister NonZero(TRegister lanes);

    /// <summary>The bits of each lane moved down, zeros from above.</summary>
    /// <param name="lanes">The lanes.</param>
    /// <param name="count">By how many places.</param>
    static abstract TRegister ShiftRight(TRegister lanes, int count);

    /// <summary>How many bits of each lane are set.</summary>
    static abstract TRegister PopCount(TRegister lanes);

    /// <summary>Writes the lanes as 32-bit numbers.</summary>
    static abstract void StoreAsInts(TRegister lanes, int* destination);
}
