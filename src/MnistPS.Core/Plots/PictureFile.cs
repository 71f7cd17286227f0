namespace MnistPS.Plots;

/// <summary>A picture file to write.</summary>
/// <param name="Path">The path.</param>
/// <param name="Replace">Whether an existing file may be replaced.</param>
internal sealed record PictureFile(string Path, bool Replace)
{
    /// <summary>The format of the file name extension.</summary>
    /// <exception cref="MnistException">The extension has no format (<c>UnknownPictureFormat</c>).</exception>
    public PlotFormat Format => System.IO.Path.GetExtension(Path).ToUpperInvariant() switch
    {
        ".PNG" => PlotFormat.Png,
        ".SVG" => PlotFormat.Svg,
        var ending => throw new MnistException("UnknownPictureFormat", Fault.InvalidArgument,
            $"'{Path}' {(ending.Length > 1 ? $"ends in '{System.IO.Path.GetExtension(Path)}'" : "has no ending")}, which is no format that pictures are written in; .png or .svg was expected. Give a -Path such as curves.png.",
            Path),
    };

    /// <summary>Checks, before there is a picture, that it can be written: its extension, an existing file, a missing folder.</summary>
    /// <exception cref="MnistException">
    /// <c>UnknownPictureFormat</c>, <c>PictureFileExists</c>, or <c>PictureFileNotWritable</c>.
    /// </exception>
    public void Check()
    {
        _ = Format;
        if (!Replace && File.Exists(Path))
        {
            throw FileRole.Picture.Exists(Path);
        }

        try
        {
            if (Directory.Exists(Path) || !Directory.Exists(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))))
            {
                throw new DirectoryNotFoundException();
            }
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw FileRole.Picture.NotWritable(Path, e);
        }
    }

    /// <summary>Writes the file, whole or not at all.</summary>
    /// <exception cref="MnistException">It exists (<c>PictureFileExists</c>), or cannot be written (<c>PictureFileNotWritable</c>).</exception>
    public void Write(byte[] picture) => AtomicFile.Write(Path, Replace, FileRole.Picture, stream => stream.Write(picture));
}

/// <summary>The format of a picture.</summary>
internal enum PlotFormat
{
    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>Scalable Vector Graphics.</summary>
    Svg,
}
