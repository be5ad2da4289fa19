using IdentityResolution.Lookup;

namespace IdentityResolution.Tests.Lookup;

/// <summary>Files that fail at one step: once (a full disk), or from there on (the process is dead).</summary>
internal sealed class FailingFiles(int failAt, bool isCrash) : StoreFiles
{
    public int Steps { get; private set; }

    public override Stream Create(string path)
    {
        Step();
        return new FailingStream(this, base.Create(path));
    }

    public override void Sync(Stream file)
    {
        Step();
        base.Sync(((FailingStream)file).Inner);
    }

    public override void Replace(string path, string target)
    {
        Step();
        base.Replace(path, target);
    }

    public override void Delete(string path)
    {
        Step();
        base.Delete(path);
    }

    public override void SyncFolder(string folder)
    {
        Step();
        base.SyncFolder(folder);
    }

    private void Step()
    {
        Steps++;
        if (Steps == failAt || (isCrash && Steps > failAt))
        {
            throw new IOException("No space left on device");
        }
    }

    private sealed class FailingStream(FailingFiles files, FileStream inner) : Stream
    {
        public FailingStream(FailingFiles files, Stream inner)
            : this(files, (FileStream)inner)
        {
        }

        public FileStream Inner => inner;

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => inner.Length;

        public override long Position
        {
            get => inner.Position;
            set => throw new NotSupportedException();
        }

        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            // Half of it gets through.
            inner.Write(buffer[..(buffer.Length / 2)]);
            files.Step();
            inner.Write(buffer[(buffer.Length / 2)..]);
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
