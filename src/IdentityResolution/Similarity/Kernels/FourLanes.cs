using System.Runtime.CompilerServices;

namespace IdentityResolution.Similarity.Kernels;

/// <summary>Four registers that go side by side, since each step of one waits for its step before.</summary>
internal readonly struct Four<TRegister>(TRegister first, TRegister second, TRegister third, TRegister fourth)
    where TRegister : struct
{
    public readonly TRegister First = first;
    public readonly TRegister Second = second;
    public readonly TRegister Third = third;
    public readonly TRegister Fourth = fourth;
}

/// <summary>Four registers as one, the next behind the one before.</summary>
internal readonly unsafe struct FourLanes<TLanes, TRegister> : ILanes<Four<TRegister>>
    where TLanes : ILanes<TRegister>
    where TRegister : struct
{
    public static int Count => 4 * TLanes.Count;

    public static int Size => 4 * TLanes.Size;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Broadcast(ulong value)
    {
        TRegister lanes = TLanes.Broadcast(value);
        return new(lanes, lanes, lanes, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Load(byte* source) => new(
        TLanes.Load(source),
        TLanes.Load(source + TLanes.Size),
        TLanes.Load(source + (2 * TLanes.Size)),
        TLanes.Load(source + (3 * TLanes.Size)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Four<TRegister> lanes, byte* destination)
    {
        TLanes.Store(lanes.First, destination);
        TLanes.Store(lanes.Second, destination + TLanes.Size);
        TLanes.Store(lanes.Third, destination + (2 * TLanes.Size));
        TLanes.Store(lanes.Fourth, destination + (3 * TLanes.Size));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Add(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.Add(left.First, right.First),
        TLanes.Add(left.Second, right.Second),
        TLanes.Add(left.Third, right.Third),
        TLanes.Add(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Subtract(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.Subtract(left.First, right.First),
        TLanes.Subtract(left.Second, right.Second),
        TLanes.Subtract(left.Third, right.Third),
        TLanes.Subtract(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> And(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.And(left.First, right.First),
        TLanes.And(left.Second, right.Second),
        TLanes.And(left.Third, right.Third),
        TLanes.And(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Or(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.Or(left.First, right.First),
        TLanes.Or(left.Second, right.Second),
        TLanes.Or(left.Third, right.Third),
        TLanes.Or(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Xor(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.Xor(left.First, right.First),
        TLanes.Xor(left.Second, right.Second),
        TLanes.Xor(left.Third, right.Third),
        TLanes.Xor(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> AndNot(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.AndNot(left.First, right.First),
        TLanes.AndNot(left.Second, right.Second),
        TLanes.AndNot(left.Third, right.Third),
        TLanes.AndNot(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Min(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.Min(left.First, right.First),
        TLanes.Min(left.Second, right.Second),
        TLanes.Min(left.Third, right.Third),
        TLanes.Min(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Max(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.Max(left.First, right.First),
        TLanes.Max(left.Second, right.Second),
        TLanes.Max(left.Third, right.Third),
        TLanes.Max(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> GreaterThan(Four<TRegister> left, Four<TRegister> right) => new(
        TLanes.GreaterThan(left.First, right.First),
        TLanes.GreaterThan(left.Second, right.Second),
        TLanes.GreaterThan(left.Third, right.Third),
        TLanes.GreaterThan(left.Fourth, right.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> OrNeither(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.OrNeither(first.First, second.First, third.First),
        TLanes.OrNeither(first.Second, second.Second, third.Second),
        TLanes.OrNeither(first.Third, second.Third, third.Third),
        TLanes.OrNeither(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> OrExcept(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.OrExcept(first.First, second.First, third.First),
        TLanes.OrExcept(first.Second, second.Second, third.Second),
        TLanes.OrExcept(first.Third, second.Third, third.Third),
        TLanes.OrExcept(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> CloseMatched(Four<TRegister> open, Four<TRegister> match)
    {
        Two<TRegister> low = TwoLanes<TLanes, TRegister>.CloseMatched(new(open.First, open.Second), new(match.First, match.Second));
        Two<TRegister> high = TwoLanes<TLanes, TRegister>.CloseMatched(new(open.Third, open.Fourth), new(match.Third, match.Fourth));
        return new(low.First, low.Second, high.First, high.Second);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> OrBoth(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.OrBoth(first.First, second.First, third.First),
        TLanes.OrBoth(first.Second, second.Second, third.Second),
        TLanes.OrBoth(first.Third, second.Third, third.Third),
        TLanes.OrBoth(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> OrEither(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.OrEither(first.First, second.First, third.First),
        TLanes.OrEither(first.Second, second.Second, third.Second),
        TLanes.OrEither(first.Third, second.Third, third.Third),
        TLanes.OrEither(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> XorBoth(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.XorBoth(first.First, second.First, third.First),
        TLanes.XorBoth(first.Second, second.Second, third.Second),
        TLanes.XorBoth(first.Third, second.Third, third.Third),
        TLanes.XorBoth(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> All(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.All(first.First, second.First, third.First),
        TLanes.All(first.Second, second.Second, third.Second),
        TLanes.All(first.Third, second.Third, third.Third),
        TLanes.All(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> BothExcept(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.BothExcept(first.First, second.First, third.First),
        TLanes.BothExcept(first.Second, second.Second, third.Second),
        TLanes.BothExcept(first.Third, second.Third, third.Third),
        TLanes.BothExcept(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> AndEither(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.AndEither(first.First, second.First, third.First),
        TLanes.AndEither(first.Second, second.Second, third.Second),
        TLanes.AndEither(first.Third, second.Third, third.Third),
        TLanes.AndEither(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> XorAll(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.XorAll(first.First, second.First, third.First),
        TLanes.XorAll(first.Second, second.Second, third.Second),
        TLanes.XorAll(first.Third, second.Third, third.Third),
        TLanes.XorAll(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> Most(Four<TRegister> first, Four<TRegister> second, Four<TRegister> third) => new(
        TLanes.Most(first.First, second.First, third.First),
        TLanes.Most(first.Second, second.Second, third.Second),
        TLanes.Most(first.Third, second.Third, third.Third),
        TLanes.Most(first.Fourth, second.Fourth, third.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> NonZero(Four<TRegister> lanes) => new(
        TLanes.NonZero(lanes.First),
        TLanes.NonZero(lanes.Second),
        TLanes.NonZero(lanes.Third),
        TLanes.NonZero(lanes.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> ShiftRight(Four<TRegister> lanes, int count) => new(
        TLanes.ShiftRight(lanes.First, count),
        TLanes.ShiftRight(lanes.Second, count),
        TLanes.ShiftRight(lanes.Third, count),
        TLanes.ShiftRight(lanes.Fourth, count));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Four<TRegister> PopCount(Four<TRegister> lanes) => new(
        TLanes.PopCount(lanes.First),
        TLanes.PopCount(lanes.Second),
        TLanes.PopCount(lanes.Third),
        TLanes.PopCount(lanes.Fourth));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreAsInts(Four<TRegister> lanes, int* destination)
    {
        TLanes.StoreAsInts(lanes.First, destination);
        TLanes.StoreAsInts(lanes.Second, destination + TLanes.Count);
        TLanes.StoreAsInts(lanes.Third, destination + (2 * TLanes.Count));
        TLanes.StoreAsInts(lanes.Fourth, destination + (3 * TLanes.Count));
    }
}
