using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityResolution.Identity;

/// <summary>The text of the ids we give: <c>C</c> and a 64-bit number in thirteen symbols of Crockford's base 32.</summary>
/// <remarks>Source of the alphabet: Crockford (2019), "Base 32", https://www.crockford.com/base32.html.</remarks>
internal static class EntityIdCode
{
    /// <summary>Length of an id in characters and in bytes.</summary>
    public const int Length = 14;

    private const int SymbolBits = 5;
    private const int PairBits = 2 * SymbolBits;

    // Two symbols at a time.
    private static readonly ushort[] Pairs = MakePairs();

    private static ReadOnlySpan<byte> Symbols => "0123456789ABCDEFGHJKMNPQRSTVWXYZ"u8;

    /// <summary>Writes the id of a number.</summary>
    public static void Write(ulong number, Span<byte> id)
    {
        id = id[..Length];
        ref ushort pairs = ref MemoryMarshal.GetArrayDataReference(Pairs);
        for (int i = Length - 2; i > 0; i -= 2)
        {
            Unsafe.WriteUnaligned(ref id[i], Unsafe.Add(ref pairs, (int)(number & ((1 << PairBits) - 1))));
            number >>= PairBits;
        }
        id[1] = Symbols[(int)number];
        id[0] = (byte)'C';
    }

    /// <summary>The id of a number.</summary>
    public static string ToText(ulong number) => string.Create(Length, number, static (text, value) =>
    {
        Span<byte> id = stackalloc byte[Length];
        Write(value, id);
        System.Text.Encoding.ASCII.GetChars(id, text);
    });

    private static ushort[] MakePairs()
    {
        var pairs = new ushort[1 << PairBits];
        for (int i = 0; i < pairs.Length; i++)
        {
            ReadOnlySpan<byte> pair = [Symbols[i >> SymbolBits], Symbols[i & ((1 << SymbolBits) - 1)]];
            pairs[i] = MemoryMarshal.Read<ushort>(pair);
        }
        return pairs;
    }

    /// <summary>Reads an id; false when it is not exactly one that <see cref="Write"/> can write.</summary>
    public static bool TryRead(ReadOnlySpan<byte> id, out ulong number)
    {
        number = 0;
        if (id.Length != Length || id[0] != 'C')
        {
            return false;
        }
        foreach (byte symbol in id[1..])
        {
            int digit = Symbols.IndexOf(symbol);
            if (digit < 0 || number > ulong.MaxValue >> SymbolBits)
            {
                return false;
            }
            number = (number << SymbolBits) | (uint)digit;
        }
        return true;
    }
}
