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

    /// <summary>Reads the four files, and downloads missing and damaged ones.</summary>
    /// <param name="force">Downloads all four even if they are cached.</param>
    /// <param name="monitor">Receives bad files, failed mirrors and progress.</param>
    /// <param name="cancellation">Cancels the work; no partial file stays.</param>
    /// <exception cref="MnistException">A file came from no mirror (<c>DownloadFailed</c>), or cannot be stored (<c>CacheNotWritable</c>); one of another
    /// collection is in the folder (<c>CacheHoldsOther</c>), or a pipe or a device in a file's place (<c>FileNotReadable</c>).</exception>
    public async Task<MnistDataset> LoadAsync(bool force, IDownloadMonitor monitor, CancellationToken cancellation)
    {
        MnistDataset dataset = await files.ReadAsync(
            files.Name,
            file => force || !File.Exists(PathOf(file)) ? null : file.Read(PathOf(file), cancellation),
            (file, bad) =>
            {
                switch (bad)
                {
                    case null:
                        break;
                    case { Id: "WrongContent" or "WrongIdxDimensions" or "WrongIdxElementType" }:
                        // It is intact and may be needed.
                        throw new MnistException("CacheHoldsOther", Fault.InvalidData,
                            $"{bad.Message} It is a file of another collection, and is not replaced. To read that, use -Path '{Path.Combine(folder, files.Folder)}'; for {files.Name}, give a -CachePath of its own, or -Force to replace it.",
                            PathOf(file), bad);
                    case var _ when SpecialFile.KindOf(PathOf(file)) is not null:
                        throw bad;
                    default:
                        monitor.Warn($"{bad.Message} It is fetched again.");
                        break;
                }

                return mirrors.FetchAsync(file, PathOf(file), monitor, cancellation);
            });
        return dataset.As(files);
    }

    /// <summary>Copies the four gzipped files into a folder, all or none. Missing ones are downloaded into the cache first.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="replace">Whether it may have files.</param>
    /// <param name="monitor">Receives bad files, failed mirrors and progress.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="MnistException">As <see cref="LoadAsync"/> and <see cref="AtomicFolder.Write"/>.</exception>
    public async Task<MnistDataset> SaveAsync(string path, bool replace, IDownloadMonitor monitor, CancellationToken cancellation)
    {
        // Before a download, which can be slow.
        AtomicFolder.Check(path, replace, FileRole.Dataset);
        MnistDataset dataset = await LoadAsync(force: false, monitor, cancellation);
        AtomicFolder.Write(path, replace, FileRole.Dataset, target =>
        {
            foreach (MnistFile file in files.All)
            {
                cancellation.ThrowIfCancellationRequested();
                using FileStream source = SpecialFile.OpenFile(PathOf(file));
                AtomicFolder.Put(target, Path.GetFileName(PathOf(file)), source.CopyTo);
            }
        });
        return dataset;
    }

    private string PathOf(MnistFile file) => Path.Combine(folder, files.Folder, file.Name + ".gz");
}
