using IdentityResolution.Internals;

namespace IdentityResolution.Tests;

public sealed class MemoryLimitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("memory-limit-").FullName;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_run_with_everything_in_files_and_no_view_kept_ends_as_one_without_a_limit(int threads)
    {
        SourceRecord[] people = Customers.Generate(3000);
        byte[] expected = Resolve(people, ResolverOptions.Default with { Threads = threads });
        using var memory = new MemoryBudget(limit: 1, _folder, leastSpilled: 1);

        byte[] limited = Resolve(people, ResolverOptions.Default with { Threads = threads, Memory = memory });

        Assert.Equal(expected, limited);
        Assert.True(memory.MostSpilled > 100_000);
    }

    [Fact]
    public void Nothing_is_left_in_the_folder_after_a_run_a_failure_and_a_cancellation()
    {
        SourceRecord[] people = Customers.Generate(500);
        string files = Directory.CreateDirectory(Path.Combine(_folder, "files")).FullName;
        using (var memory = new MemoryBudget(limit: 1, files, leastSpilled: 1))
        {
            Resolve(people, ResolverOptions.Default with { Memory = memory });
        }
        using (var memory = new MemoryBudget(limit: 1, files, leastSpilled: 1))
        {
            Assert.Throws<InvalidModelException>(() => Resolve(people, ResolverOptions.Default with { Memory = memory }, model => model.Field("no such column", FieldKind.Text).MatchOn("no such column")));
        }
        using (var memory = new MemoryBudget(limit: 1, files, leastSpilled: 1))
        using (var cancelled = new CancellationTokenSource())
        {
            var resolver = IdentityResolver.CreateAutomatic(options: ResolverOptions.Default with { Memory = memory });
            Assert.ThrowsAny<OperationCanceledException>(() => resolver.ResolveAsync(
                [RecordSet.From(people)], progress: new StageListener("train", cancelled), cancellationToken: cancelled.Token).GetAwaiter().GetResult());
        }
        Assert.Empty(Directory.EnumerateFileSystemEntries(files));
    }

    [Fact]
    public void A_limit_that_many_records_can_not_keep_is_refused_before_they_are_read()
    {
        string path = Path.Combine(_folder, "large.csv");
        using (FileStream file = File.Create(path))
        {
            file.Write("id,name\n"u8);
            for (int i = 0; i < 40_000; i++)
            {
                file.Write("1234,Jane\n"u8);
            }
            // No disk holds it: reading it would fail otherwise, and late.
            file.SetLength(1L << 40);
        }
        var resolver = IdentityResolver.CreateAutomatic(options: ResolverOptions.Default with { MemoryLimit = 1 << 30 });

        MemoryLimitException exception = Assert.Throws<MemoryLimitException>(() => resolver.Resolve(RecordSet.FromFile(path)));
        Assert.Equal(1 << 30, exception.Limit);
        Assert.InRange(exception.Needed, 7_000_000_000_000, 9_000_000_000_000);
        Assert.Contains("the limit is 1,074 MB", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_limit_below_what_every_run_needs_is_an_error_of_the_options() =>
        Assert.Equal("options.memoryLimit", Assert.Single(Assert.Throws<InvalidModelException>(
            () => IdentityResolver.CreateAutomatic(options: ResolverOptions.Default with { MemoryLimit = 1 << 20 })).Errors).Path);

    [Fact]
    public void A_temporary_folder_that_is_none_is_an_error_of_the_options() =>
        Assert.Equal("options.temporaryFolder", Assert.Single(Assert.Throws<InvalidModelException>(
            () => IdentityResolver.CreateAutomatic(options: ResolverOptions.Default with { TemporaryFolder = Path.Combine(_folder, "none") })).Errors).Path);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static byte[] Resolve(SourceRecord[] records, ResolverOptions options, Action<IdentityModelBuilder>? build = null)
    {
        options = options with { TimeProvider = Customers.Options.TimeProvider };
        IdentityResolver resolver = build is null ? IdentityResolver.CreateAutomatic(options: options) : IdentityResolver.Create(build, options);
        using var stream = new MemoryStream();
        resolver.Resolve(RecordSet.From(records)).Lookup.WriteCsv(stream);
        return stream.ToArray();
    }

    private sealed class StageListener(string stage, CancellationTokenSource cancelled) : IProgress<ResolutionProgress>
    {
        public void Report(ResolutionProgress value)
        {
            if (string.Equals(value.Stage, stage, StringComparison.Ordinal))
            {
                cancelled.Cancel();
            }
        }
    }
}
