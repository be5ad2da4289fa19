using IdentityResolution.Records;

namespace IdentityResolution.Tests.Records;

public class ShortBytesTests
{
    [Fact]
    public void Texts_compare_as_their_bytes_do() => Law.Holds(
        random =>
        {
            byte[] left = Bytes(random);
            byte[] right = Bytes(random);
            left.AsSpan(0, Math.Min(random.Next(40), Math.Min(left.Length, right.Length))).CopyTo(right);

            Assert.Equal(Math.Sign(left.AsSpan().SequenceCompareTo(right)), Math.Sign(ShortBytes.Compare(left, right)));
            Assert.Equal(Math.Sign(right.AsSpan().SequenceCompareTo(left)), Math.Sign(ShortBytes.Compare(right, left)));
            Assert.Equal(0, ShortBytes.Compare(left, (byte[])[.. left]));
        },
        tests: 2000);

    // Few values, the highest among them, so that texts differ late.
    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(0, 36)];
        for (int i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)(random.Next(3) * 127);
        }
        return bytes;
    }
}
