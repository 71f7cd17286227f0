namespace MnistPS;

/// <summary>The folder of downloaded files. A file is used only after its digest has been checked.</summary>
internal sealed class MnistCache(string folder, MnistFiles files, Mirrors mirrors)
{
    /// <summary>
    /// The folder that <c>MNISTPS_CACHE</c> names, else <c>MnistPS</c> in the platform's cache folder: <c>XDG_CACHE_HOME</c> or <c>~/.cache</c>
    /// (https://specifications.freedesktop.org/basedir-spec/), LocalAppData on Windows, <c>~/Library/Caches</c> on macOS.
    /// </summary>
    public static string DefaultFolder
        => Environment.GetEnvironmentVariable("MNISTPS_CACHE") is { Length: > 0 } chosen ? chosen : Path.Combine(PlatformFolder, "MnistPS");

    private static string PlatformFolder
    {
        get
        {
            if (OperatingSystem.IsWindows())
            {
                return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
            }

            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            if (OperatingSystem.IsMacOS())
            {
                return Path.Combine(home, "Library", "Caches");
            }

            // The specification ignores relative paths.
            string? xdg = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
            return Path.IsPathFullyQualified(xdg ?? string.Empty) ? xdg! : Path.Combine(home, ".cache");
        }
    }

    /// <summary>Reads the four files, and fetches those that are missing or invalid.</summary>
    /// <param name="force">Whether to fetch all four, whatever the folder holds.</param>
    /// <param name="monitor">Receives reports of bad files, failed mirrors, and bytes.</param>
    /// <param name="cancellation">Ends the work; no partial file remains.</param>
    /// <exception cref="MnistException">No mirror sent a file (<c>DownloadFailed</c>), or it cannot be stored (<c>CacheNotWritable</c>); the folder holds
    /// a file of another collection (<c>CacheHoldsOther</c>), or a pipe or a device in a file's place (<c>FileNotReadable</c>).</exception>
    public Task<MnistDataset> LoadAsync(bool force, IDownloadMonitor monitor, CancellationToken cancellation)
        => files.ReadAsync(
            "MNIST",
            file => force || !File.Exists(PathOf(file)) ? null : file.Verify(IdxFile.Read(PathOf(file), file.ItemShape, cancellation)),
            (file, bad) =>
            {
                switch (bad)
                {
                    case null:
                        break;
                    case { Id: "WrongContent" or "WrongIdxDimensions" or "WrongIdxElementType" }:
                        // It is intact, so somebody may need it.
                        throw new MnistException("CacheHoldsOther", Fault.InvalidData,
                            $"{bad.Message} It is a file of another collection, and is not replaced. To read that, use -Path '{folder}'; for MNIST, give a -CachePath of its own, or -Force to replace it.",
                            PathOf(file), bad);
                    case var _ when SpecialFile.KindOf(PathOf(file)) is not null:
                        throw bad;
                    default:
                        monitor.Warn($"{bad.Message} It is fetched again.");
                        break;
                }

                return mirrors.FetchAsync(file, PathOf(file), monitor, cancellation);
            });

    private string PathOf(MnistFile file) => Path.Combine(folder, file.Name + ".gz");
}
