using FsCheck.Fluent;
using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Internals;

public sealed class MemoryBudgetTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memory-").FullName;

    [Fact]
    public void Without_a_limit_nothing_goes_to_files()
    {
        LargeArray<long> array = MemoryBudget.Unlimited.Allocate<long>(1 << 20);

        Assert.Null(array.File);
        Assert.Equal(0, MemoryBudget.Unlimited.MostSpilled);
    }

    [Fact]
    public void A_quarter_of_the_limit_stays_in_memory_and_the_rest_goes_to_files()
    {
        using var memory = new MemoryBudget(1 << 30, _folder, leastSpilled: 1 << 10);
        LargeArray<byte> first = memory.Allocate<byte>(1 << 28);
        LargeArray<byte> second = memory.Allocate<byte>(1 << 10);
        LargeArray<byte> small = memory.Allocate<byte>((1 << 10) - 1);

        Assert.Null(first.File);
        Assert.NotNull(second.File);
        Assert.Null(small.File);
        Assert.Equal(1 << 10, memory.MostSpilled);
    }

    [Fact]
    public void What_is_given_back_makes_room()
    {
        using var memory = new MemoryBudget(1 << 22, _folder, leastSpilled: 1);
        LargeArray<byte> first = memory.Allocate<byte>(1 << 20);
        first.Free();

        Assert.Null(memory.Allocate<byte>(1 << 20).File);
        LargeArray<byte> spilled = memory.Allocate<byte>(1 << 20);
        spilled.Free();
        memory.Allocate<byte>(1 << 20).Free();
        Assert.Equal(1 << 20, memory.MostSpilled);
    }

    [Fact]
    public void What_was_given_back_has_no_elements()
    {
        using var memory = new MemoryBudget(1, _folder, leastSpilled: 1);
        foreach (LargeArray<int> array in (LargeArray<int>[])[memory.Allocate<int>(8), new int[8]])
        {
            array.Free();
            array.Free();

            Assert.Equal(0, array.Length);
            Assert.Throws<IndexOutOfRangeException>(() => array[0]);
        }
    }

    [Fact]
    public void No_element_stands_outside()
    {
        using var memory = new MemoryBudget(1, _folder, leastSpilled: 1);
        foreach (LargeArray<int> array in (LargeArray<int>[])[memory.Allocate<int>(8), new int[8]])
        {
            Assert.Throws<IndexOutOfRangeException>(() => array[-1]);
            Assert.Throws<IndexOutOfRangeException>(() => array[8]);
        }
    }

    [Fact]
    public void Nobody_finds_a_file_that_is_in_use()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows keeps the name of a file in use and removes the file when it is closed.");
        using var memory = new MemoryBudget(1, _folder, leastSpilled: 1);
        LargeArray<int> array = memory.Allocate<int>(1 << 16);

        Assert.NotNull(array.File);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void A_folder_without_room_says_so()
    {
        using var memory = new MemoryBudget(1, _folder, leastSpilled: 1);

        Assert.Throws<IOException>(() => new SpillFile(_folder, 1L << 50));
        Assert.Throws<DirectoryNotFoundException>(() => new SpillFile(Path.Combine(_folder, "none"), 1));
    }

    [Fact]
    public void Nothing_is_taken_from_a_budget_that_is_over()
    {
        var memory = new MemoryBudget(1, _folder, leastSpilled: 1);
        LargeArray<int> array = memory.Allocate<int>(8);
        array[7] = 5;
        memory.Dispose();

        Assert.Equal(5, array[7]);
        Assert.Throws<ObjectDisposedException>(() => memory.Allocate<int>(8));
    }

    [Fact]
    public void An_array_in_a_file_holds_what_one_in_memory_holds_whenever_its_view_is_let_go() =>
        Law.Holds(ArbMap.Default.ArbFor<(int Place, long Value, bool Hide, byte Grow)[]>(), steps =>
        {
            using var memory = new MemoryBudget(1, _folder, leastSpilled: 1);
            LargeArray<long> array = memory.AllocateZeros<long>(16);
            var plain = new long[16];
            foreach ((int place, long value, bool hide, byte grow) in steps)
            {
                int at = (int)((uint)place % (uint)plain.Length);
                (array[at], plain[at]) = (value, value);
                if (hide)
                {
                    array.File!.Hide();
                }
                if (grow % 4 == 0)
                {
                    int used = array.Length;
                    memory.Resize(ref array, used + grow, used);
                    array.Span[used..].Clear();
                    Array.Resize(ref plain, used + grow);
                }
            }
            Assert.Equal(plain, array.Span.ToArray());
            array.Free();
        });

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
