namespace MnistPS.Photos;

/// <summary>Reads pictures from files and from bytes.</summary>
internal static class PictureReader
{
    // The largest file, in bytes. It is below the limit of a .NET array, and larger than any picture that is accepted.
    private const long MostBytes = 1_000_000_000;

    /// <summary>Reads a picture from a file.</summary>
    /// <exception cref="MnistException">
    /// The file is not found (<c>PictureFileNotFound</c>), cannot be read (<c>PictureFileNotReadable</c>), or as for <see cref="IPictureDecoder.Decode"/>.
    /// </exception>
    public static Picture Read(string path, IPictureDecoder decoder)
    {
        byte[] file;
        try
        {
            using FileStream stream = SpecialFile.OpenFile(path);
            byte[] beginning = new byte[FileSignature.Length];
            int count = stream.ReadAtLeast(beginning, beginning.Length, throwOnEndOfStream: false);
            PictureFormats.Check(beginning.AsSpan(0, count), path);
            if (stream.Length > MostBytes)
            {
                throw new IOException($"It has {stream.Length} bytes, and pictures of up to {MostBytes} are read.");
            }

            stream.Position = 0;
            file = new byte[stream.Length];
            stream.ReadExactly(file);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw FileRole.Picture.NotReadable(path, e);
        }

        return decoder.Decode(file, path);
    }

    /// <summary>Reads a picture from the bytes of a file.</summary>
    /// <exception cref="MnistException">As for <see cref="IPictureDecoder.Decode"/>.</exception>
    public static Picture Read(byte[] file, string name, IPictureDecoder decoder)
    {
        PictureFormats.Check(file.AsSpan(0, Math.Min(file.Length, FileSignature.Length)), name);
        return decoder.Decode(file, name);
    }
}
