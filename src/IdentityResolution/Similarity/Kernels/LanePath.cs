using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>How a block compares its values.</summary>
internal enum LanePath
{
    /// <summary>One pair after the other.</summary>
    Pairs,

    /// <summary>In registers of 256 bits (AVX2).</summary>
    Registers256,

    /// <summary>In registers of 512 bits (AVX-512 BW).</summary>
    Registers512,
}

internal static class LanePaths
{
    /// <summary>The best one that this machine has.</summary>
    public static LanePath Best { get; } = IsSupported(LanePath.Registers512) ? LanePath.Registers512
        : IsSupported(LanePath.Registers256) ? LanePath.Registers256 : LanePath.Pairs;

    /// <summary>Whether this machine has what a path needs.</summary>
    public static bool IsSupported(LanePath path) => path switch
    {
        LanePath.Registers512 => Avx512BW.IsSupported && Vector512.IsHardwareAccelerated,
        LanePath.Registers256 => Avx2.IsSupported,
        _ => true,
    };
}
