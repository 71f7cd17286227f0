namespace MnistPS.Formats;

/// <summary>Writes a file that is there as a whole or not at all: beside its name first, and then put there.</summary>
/// <param name="Kind">What it holds, as messages and ids say it, such as <c>network</c> or <c>page</c>.</param>
internal sealed record WholeFile(string Kind)
{
    private string IdPrefix => $"{char.ToUpperInvariant(Kind[0])}{Kind[1..]}File";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether it may be there already. It is a new one then, and links to the old one keep that.</param>
    /// <param name="write">Writes what it holds; it may close the stream.</param>
    /// <exception cref="MnistException">
    /// It is there already (such as <c>NetworkFileExists</c>), or cannot be written (<c>NetworkFileNotWritable</c>).
    /// </exception>
    public void Write(string path, bool replace, Action<FileStream> write)
    {
        if (!replace && File.Exists(path))
        {
            throw Exists(path);
        }

        string partial = Path.Join(Path.GetDirectoryName(path), $"{Guid.NewGuid():N}.partial");
        try
        {
            if (path.StartsWith("/dev/", StringComparison.Ordinal) && File.Exists(path))
            {
                // A device must stay one, and root could put a file in its place.
                Fill(File.OpenWrite(path));
                return;
            }

            try
            {
                Fill(new FileStream(partial, FileMode.CreateNew, FileAccess.Write));
                if (!OperatingSystem.IsWindows() && File.Exists(path))
                {
                    File.SetUnixFileMode(partial, File.GetUnixFileMode(path));
                }

                File.Move(partial, path, replace);
            }
            finally
            {
                File.Delete(partial);
            }
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            throw Exists(path);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            string reason = FileFault.Reason(path, e).Replace(partial, path, StringComparison.Ordinal);
            throw new MnistException($"{IdPrefix}NotWritable", Fault.Write,
                $"The {Kind} file '{path}' cannot be written: {reason} Give a -Path in a folder that is there, that has room, and that you may write to.",
                path, e);
        }

        void Fill(FileStream file)
        {
            using (file)
            {
                write(file);
            }
        }
    }

    private MnistException Exists(string path) => new($"{IdPrefix}Exists", Fault.AlreadyExists,
        $"The {Kind} file '{path}' is there already. Give another -Path, or -Force to replace it.", path);
}
