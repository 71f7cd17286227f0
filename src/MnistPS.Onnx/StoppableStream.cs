namespace MnistPS.Onnx;

/// <summary>A stream that checks for cancellation at each piece, since the package that reads and writes messages cannot be cancelled.</summary>
internal sealed class StoppableStream(Stream stream, CancellationToken cancellation) : Stream
{
    private const int Piece = 1 << 20;

    /// <inheritdoc/>
    public override bool CanRead => stream.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => stream.CanWrite;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        cancellation.ThrowIfCancellationRequested();
        return stream.Read(buffer, offset, Math.Min(count, Piece));
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        for (int done = 0; done < count; done += Piece)
        {
            cancellation.ThrowIfCancellationRequested();
            stream.Write(buffer, offset + done, Math.Min(Piece, count - done));
        }
    }

    /// <inheritdoc/>
    public override void Flush() => stream.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();
}
