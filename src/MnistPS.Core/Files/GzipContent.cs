using System.IO.Compression;
using System.Text;

namespace MnistPS;

/// <summary>
/// The content of gzip: members in sequence (RFC 1952), each complete with checksum and length. <see cref="GZipStream"/> checks both where present, but
/// takes the end of its input for the end of the content, even inside a member, and ignores bytes after the last one. So a mark member with a unique text
/// is appended: if the mark comes out last, the input has ended where a member does.
/// </summary>
internal sealed class GzipContent : Stream
{
    // Compressed, so that a truncated stored block that swallows this member does not yield the text.
    private static readonly byte[] _mark = Encoding.ASCII.GetBytes($"{Guid.NewGuid():N}");
    private static readonly byte[] _markMember = Compress(_mark);

    private readonly Input _input;
    private readonly GZipStream _members;

    // The last bytes read; they may be the mark.
    private byte[] _held = [];
    private bool _isOver;

    /// <summary>The content of gzip.</summary>
    /// <param name="source">The members, from its position to its end. It stays open.</param>
    public GzipContent(Stream source)
    {
        _input = new Input(source);
        _members = new GZipStream(_input, CompressionMode.Decompress);
    }

    /// <summary>Whether bytes follow the last member; known at the end of the content.</summary>
    public bool IsFollowed { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A member is damaged or truncated.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isOver && !buffer.IsEmpty)
        {
            int count = _members.Read(buffer);
            if (count == 0)
            {
                return End(buffer);
            }

            int ready = _held.Length + count - _mark.Length;
            if (ready > 0)
            {
                byte[] last = LastOf(buffer[..count]);
                int before = Math.Min(ready, _held.Length);
                buffer[..(ready - before)].CopyTo(buffer[before..]);
                _held.AsSpan(0, before).CopyTo(buffer);
                _held = last;
                return ready;
            }

            _held = [.. _held, .. buffer[..count]];
        }

        if (_isOver && _held.Length > 0)
        {
            int count = Math.Min(_held.Length, buffer.Length);
            _held.AsSpan(0, count).CopyTo(buffer);
            _held = _held[count..];
            return count;
        }

        return 0;
    }

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _members.Dispose();
        base.Dispose(disposing);
    }

    private int End(Span<byte> buffer)
    {
        _isOver = true;
        if (_held.AsSpan().SequenceEqual(_mark))
        {
            _held = [];
            return 0;
        }

        // An exhausted input means a truncated member; else the decoder stopped at bytes that are not gzip.
        IsFollowed = !_input.IsExhausted;
        return IsFollowed ? Read(buffer) : throw new InvalidDataException("The last gzip member is cut off.");
    }

    private byte[] LastOf(ReadOnlySpan<byte> read)
        => read.Length >= _mark.Length ? read[^_mark.Length..].ToArray() : [.. _held[(_held.Length + read.Length - _mark.Length)..], .. read];

    private static byte[] Compress(byte[] bytes)
    {
        MemoryStream stream = new();
        using (GZipStream gzip = new(stream, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }

    /// <summary>A stream followed by the mark's member.</summary>
    private sealed class Input(Stream source) : Stream
    {
        private int _given;

        /// <summary>Whether a read went past the end.</summary>
        public bool IsExhausted { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = _given == 0 ? source.Read(buffer) : 0;
            if (count == 0)
            {
                count = Math.Min(_markMember.Length - _given, buffer.Length);
                _markMember.AsSpan(_given, count).CopyTo(buffer);
                _given += count;
                IsExhausted = count == 0;
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
}
