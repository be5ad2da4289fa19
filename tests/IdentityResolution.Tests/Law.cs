using FsCheck;
using FsCheck.Fluent;

namespace IdentityResolution.Tests;

/// <summary>Checks that a claim holds for random inputs; the inputs are the same in every run.</summary>
internal static class Law
{
    /// <summary>Seeds of plain random generators, for inputs that are easier drawn in a loop than composed.</summary>
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    /// <summary>Runs <paramref name="claim"/>, which throws where it does not hold, on random inputs.</summary>
    public static void Holds<T>(Arbitrary<T> inputs, Action<T> claim, int tests = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay(20_261_122UL, 91UL), Prop.ForAll(inputs, claim));

    /// <summary>Runs <paramref name="claim"/> on random generators; on failure the seed is printed.</summary>
    public static void Holds(Action<Random> claim, int tests = 200) => Holds(Seeds, seed => claim(new Random(seed)), tests);
}
