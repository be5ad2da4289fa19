using IdentityResolution.Internals;

namespace IdentityResolution.Tests.Internals;

public class WritebackTests
{
    [Fact]
    public void Whole_steps_of_a_file_are_asked_for_once_they_are_written()
    {
        string path = Path.GetTempFileName();
        try
        {
            using FileStream file = File.Create(path);
            var writeback = new Writeback(file);
            var begun = new List<long>();
            for (int i = 0; i < 5; i++)
            {
                file.Write(new byte[Writeback.StepBytes * 3 / 4]);
                writeback.Advance();
                begun.Add(writeback.Begun / Writeback.StepBytes);
            }
            Assert.Equal(OperatingSystem.IsLinux() ? [0, 1, 2, 3, 3] : [0, 0, 0, 0, 0], begun);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Of_what_is_no_file_nothing_is_asked()
    {
        using var stream = new MemoryStream();
        var writeback = new Writeback(stream);
        stream.Write(new byte[Writeback.StepBytes]);
        writeback.Advance();

        Assert.Equal(0, writeback.Begun);
    }
}
