namespace IdentityResolution.Benchmarks.Similarity;

/// <summary>A kernel over all pairs of one kind.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Run">Works through <see cref="KernelList.PairCount"/> pairs.</param>
/// <param name="IsOurs">Whether it must not allocate.</param>
/// <param name="Cpp">The figure beside it.</param>
internal sealed record Kernel(string Name, Action Run, bool IsOurs, CppFigure? Cpp);
