namespace MnistPS.Plots;

/// <summary>A file that a plot goes into.</summary>
/// <param name="Path">The file.</param>
/// <param name="Replace">Whether it may be there already.</param>
internal sealed record PictureFile(string Path, bool Replace)
{
    /// <summary>The format that its name's ending stands for.</summary>
    /// <exception cref="MnistException">It stands for none (<c>UnknownPictureFormat</c>).</exception>
    public PlotFormat Format => System.IO.Path.GetExtension(Path).ToUpperInvariant() switch
    {
        ".PNG" => PlotFormat.Png,
        ".SVG" => PlotFormat.Svg,
        var ending => throw new MnistException("UnknownPictureFormat", Fault.InvalidArgument,
            $"'{Path}' {(ending.Length > 1 ? $"ends in '{System.IO.Path.GetExtension(Path)}'" : "has no ending")}, which is no format that pictures are written in; .png or .svg was expected. Give a -Path such as curves.png.",
            Path),
    };

    /// <summary>Says what stands in its way, before there is anything to write: its format, a file of its name, a folder that is not there.</summary>
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

    /// <summary>Writes it as a whole or not at all.</summary>
    /// <exception cref="MnistException">It is there already (<c>PictureFileExists</c>), or cannot be written (<c>PictureFileNotWritable</c>).</exception>
    public void Write(byte[] picture) => AtomicFile.Write(Path, Replace, FileRole.Picture, stream => stream.Write(picture));
}
