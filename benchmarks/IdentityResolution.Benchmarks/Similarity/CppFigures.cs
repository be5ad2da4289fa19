namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>What rapidfuzz-cpp takes for a pair of names (6.7 letters), e-mails (23) and addresses (36). Nanoseconds, median and minimum.</summary>
/// <remarks>
/// Constants, not measured here: rapidfuzz-cpp f34fe29, g++ 12.2 -O3 -march=native, two million pairs of a kind, thread time, five rounds on
/// another machine of this kind (two virtual cores with AVX-512, busy). "SIMD" is its form for many prepared candidates.
/// </remarks>
internal static class CppFigures
{
    public static readonly CppFigure[] Levenshtein = [new(58, 55), new(110, 102), new(173, 141)];
    public static readonly CppFigure[] LevenshteinCutOff = [new(42, 40), new(67, 60), new(116, 91)];
    public static readonly CppFigure[] LevenshteinCached = [new(36, 34), new(92, 89), new(148, 126)];
    public static readonly CppFigure[] LevenshteinSimd = [new(3.2, 3), new(12.7, 12), new(35, 33)];
    public static readonly CppFigure[] Alignment = [new(59, 56), new(115, 112), new(172, 150)];
    public static readonly CppFigure[] AlignmentSimd = [new(3, 3), new(15, 14), new(40, 37)];
    public static readonly CppFigure[] Damerau = [new(173, 162), new(1220, 1136), new(3252, 2986)];
    public static readonly CppFigure[] Jaro = [new(61, 56), new(110, 90), new(118, 112)];
    public static readonly CppFigure[] JaroWinkler = [new(62, 57), new(119, 90), new(116, 114)];
    public static readonly CppFigure[] JaroWinklerCutOff = [new(53, 52), new(104, 81), new(128, 103)];
    public static readonly CppFigure[] JaroWinklerCached = [new(29, 28), new(79, 56), new(95, 74)];
    public static readonly CppFigure[] JaroWinklerSimd = [new(11.9, 11), new(32, 26), new(60, 43)];
    public static readonly CppFigure[] JaroWinklerCutOffSimd = [new(6, 6), new(24, 23), new(48, 37)];
    public static readonly CppFigure[] Subsequence = [new(62, 48), new(82, 67), new(81, 77)];
    public static readonly CppFigure[] IndelSimd = [new(1, 1), new(2, 2), new(6, 5)];
    public static readonly CppFigure[] Ratio = [new(70, 52), new(90, 72), new(85, 81)];
    public static readonly CppFigure[] TokenSort = [new(186, 152), new(208, 198), new(709, 689)];
    public static readonly CppFigure[] TokenSet = [new(404, 277), new(341, 320), new(1022, 1002)];
}

/// <summary>A figure as it was measured. Nanoseconds a pair.</summary>
internal readonly record struct CppFigure(double Median, double Minimum);
