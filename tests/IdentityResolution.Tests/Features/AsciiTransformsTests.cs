using System.Text;
using FsCheck;
using FsCheck.Fluent;
using IdentityResolution.Features;

namespace IdentityResolution.Tests.Features;

public class AsciiTransformsTests
{
    private static readonly Arbitrary<(Transform Transform, int Argument, string Value)> Cases = (
        from transform in Gen.Elements(Enum.GetValues<Transform>())
        from argument in Gen.Choose(1, 6)
        from value in Gen.OneOf(
            Gen.NonEmptyListOf(Gen.Elements("a", "b", " ", "@", ".", "-", "1", "9", "x@y", "19")).Select(parts => string.Concat(parts)),
            Gen.Elements("1980", "1980-02", "1980-02-03", "1980-2", "198", "19800203", "ann@example.org", "@example.org", "ann", "de la cruz", " a"))
        select (transform, argument, value)).ToArbitrary();

    [Fact]
    public void A_piece_that_is_cut_is_what_the_transform_makes() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(3000).WithReplay(17UL, 19UL),
        Prop.ForAll(Cases, item =>
        {
            var step = new TransformStep(item.Transform, item.Argument);
            if (AsciiTransforms.TryCut(step, Encoding.ASCII.GetBytes(item.Value), out ReadOnlySpan<byte> piece))
            {
                var expected = new char[128];
                int length = Transforms.Apply(step, item.Value, expected);
                Assert.Equal(new string(expected, 0, length), Encoding.ASCII.GetString(piece));
            }
        }));

    [Fact]
    public void What_does_more_than_cut_is_left_alone() => Assert.Equal(
        [Transform.Sorted, Transform.Digits, Transform.Soundex, Transform.Metaphone, Transform.Formal, Transform.Area, Transform.Number, Transform.Street, Transform.Generation, Transform.MinHash],
        Enum.GetValues<Transform>().Where(transform => !AsciiTransforms.TryCut(new TransformStep(transform, 1), "ann"u8, out _)));
}
