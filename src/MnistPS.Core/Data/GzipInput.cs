namespace MnistPS;

/// <summary>
/// A stream followed by eight bytes that no gzip member ends or begins with. <see cref="System.IO.Compression.GZipStream"/> takes the end of
/// its input for the end of the content, even in the middle of a member; with these bytes in the place of what was cut off, neither
/// checksum nor length can be right (RFC 1952, section 2.3.1). After a whole member they are passed over.
/// </summary>
internal sealed class GzipInput(Stream stream) : Stream
{
    private int _left = 8;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int count = stream.Read(buffer);
        if (count == 0)
        {
            count = Math.Min(_left, buffer.Length);
            buffer[..count].Fill(0xFF);
            _left -= count;
        }

        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
