using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;

namespace MnistPS.Benchmarks;

/// <summary>The tutorial's training as a script in a new process. The whole process counts.</summary>
internal sealed class ColdProcess : Entrant
{
    private const string OutcomeWord = "outcome ";

    private readonly ProcessStartInfo _start;

    private ColdProcess(string name, int threads, ProcessStartInfo start)
    {
        Name = $"{name}, {Own.Count(threads)}";
        Threads = threads;
        _start = start;
    }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override int Threads { get; }

    /// <summary>PowerShell with the module. It reads and checks the data as four gzipped IDX files.</summary>
    public static ColdProcess PowerShell(BenchmarkData data, int threads)
    {
        Write(data.Dataset.Training, data.Folder, "train");
        Write(data.Dataset.Test, data.Folder, "t10k");
        string script = Path.Combine(PeerProcess.Folder, "Tutorial.ps1");
        string count = threads.ToString(CultureInfo.InvariantCulture);

        // The dll itself: the package's own command starts it as a child process, which survives a kill.
        return new ColdProcess($"MnistPS, PowerShell {Metadata("PowerShellVersion")}", threads, new ProcessStartInfo(
            "dotnet", [Metadata("PowerShell"), "-NoProfile", "-File", script, Metadata("Module"), data.Folder, count]));
    }

    /// <summary>Python with the tutorial's code. It reads the data as raw bytes.</summary>
    public static ColdProcess Python(BenchmarkData data) => new("NumPy", 1, PeerProcess.StartOfPython(1, "tutorial.py", data.Folder));

    /// <inheritdoc/>
    public override double Run()
    {
        _start.RedirectStandardInput = true;
        _start.RedirectStandardOutput = true;
        _start.RedirectStandardError = true;
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(_start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();

        // Peers wait for a line before each run, and end with their input.
        process.StandardInput.WriteLine();
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        Outcome = output.Split('\n', StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => line.StartsWith(OutcomeWord, StringComparison.Ordinal))?[OutcomeWord.Length..]
            ?? throw new InvalidOperationException($"{Name} ended without a result: {errors.Result}");
        return seconds;
    }

    /// <summary>Does nothing: the process of each run has ended.</summary>
    public override void Dispose()
    {
    }

    private static string Metadata(string key) => typeof(ColdProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;

    private static void Write(ImageSet images, string folder, string name)
    {
        using GZipStream pixels = Create($"{name}-images-idx3-ubyte.gz");
        pixels.Write([0, 0, 8, 3, .. BigEndian(images.Count), .. BigEndian(MnistImage.Side), .. BigEndian(MnistImage.Side)]);
        for (int i = 0; i < images.Count; i++)
        {
            pixels.Write(images.PixelsOf(i));
        }

        using GZipStream labels = Create($"{name}-labels-idx1-ubyte.gz");
        labels.Write([0, 0, 8, 1, .. BigEndian(images.Count), .. images.Labels]);

        GZipStream Create(string file) => new(File.Create(Path.Combine(folder, file)), CompressionLevel.Optimal);

        static byte[] BigEndian(int number) => [(byte)(number >> 24), (byte)(number >> 16), (byte)(number >> 8), (byte)number];
    }
}
