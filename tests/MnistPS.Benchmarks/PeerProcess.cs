using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace MnistPS.Benchmarks;

/// <summary>A peer in a process of its own. It prints its version, then answers each line with the seconds of a run.</summary>
internal sealed class PeerProcess : Entrant
{
    private const string VersionWord = "version ";
    private const string OutcomeWord = "outcome ";
    private const string SecondsWord = "seconds ";

    /// <summary>The folder of the peers' scripts.</summary>
    public static string Folder { get; } = typeof(PeerProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "PeersFolder").Value!;

    private readonly Process? _process;
    private readonly string _name;

    private PeerProcess(string name, int threads, ProcessStartInfo start)
    {
        _name = name;
        Threads = threads;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        try
        {
            _process = Process.Start(start)!;
            string[] lastWords = [""];
            _process.ErrorDataReceived += (_, line) => lastWords[0] = line.Data is { Length: > 0 } ? line.Data : lastWords[0];
            _process.BeginErrorReadLine();
            if (Read(VersionWord) is string version)
            {
                _name = version;
            }
            else
            {
                _process.WaitForExit();
                Absence = lastWords[0];
            }
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Absence = e.Message;
        }
    }

    /// <inheritdoc/>
    public override string Name => $"{_name}, {Own.Count(Threads)}";

    /// <inheritdoc/>
    public override int Threads { get; }

    /// <inheritdoc/>
    public override string? Absence { get; }

    /// <summary>A peer script in Debian's Python.</summary>
    public static PeerProcess Python(string name, int threads, string script, params IEnumerable<string> arguments)
        => new(name, threads, StartOfPython(threads, script, arguments));

    /// <summary>The command that starts a peer script.</summary>
    public static ProcessStartInfo StartOfPython(int threads, string script, params IEnumerable<string> arguments)
    {
        const string DebianPython = "/usr/bin/python3";
        return Start(threads, File.Exists(DebianPython) ? DebianPython : "python3", [Path.Combine(Folder, script), .. arguments]);
    }

    /// <summary>libtorch, which is downloaded and built on first use.</summary>
    public static PeerProcess LibTorch(int threads, params IEnumerable<string> arguments)
        => new("libtorch", threads, Start(
            threads, "dotnet", ["run", "-c", "Release", "--project", Path.Combine(Folder, "LibTorch"), "--", .. arguments]));

    /// <inheritdoc/>
    public override double Run()
    {
        _process!.StandardInput.WriteLine();
        return Read(SecondsWord) is string seconds
            ? double.Parse(seconds, CultureInfo.InvariantCulture)
            : throw new InvalidOperationException($"{Name} ended in the middle of its work.");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_process is not null)
        {
            // It ends with its input.
            _process.StandardInput.Close();
            _process.WaitForExit();
            _process.Dispose();
        }
    }

    private static ProcessStartInfo Start(int threads, string program, IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(program, arguments);
        string count = threads.ToString(CultureInfo.InvariantCulture);
        start.Environment["OMP_NUM_THREADS"] = count;
        start.Environment["OPENBLAS_NUM_THREADS"] = count;

        // Settings that would replace OpenBLAS's choice of kernels for this processor.
        start.Environment.Remove("OPENBLAS_CORETYPE");
        start.Environment.Remove("OPENBLAS_L2_SIZE");
        return start;
    }

    /// <summary>The rest of the first line that begins with a word, or null if the process ends before. Other lines are ignored.</summary>
    private string? Read(string word)
    {
        while (_process!.StandardOutput.ReadLine() is string line)
        {
            if (line.StartsWith(OutcomeWord, StringComparison.Ordinal))
            {
                Outcome = line[OutcomeWord.Length..];
            }
            else if (line.StartsWith(word, StringComparison.Ordinal))
            {
                return line[word.Length..];
            }
        }

        return null;
    }
}
