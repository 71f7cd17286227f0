using System.Diagnostics;

namespace MnistPS.Tests;

/// <summary>A folder that is deleted after the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("mnistps-").FullName;

    public IEnumerable<string?> FileNames => Directory.EnumerateFiles(Path).Select(System.IO.Path.GetFileName).Order(StringComparer.Ordinal);

    public string Put(string name, byte[] content)
    {
        string path = System.IO.Path.Combine(Path, name);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>A pipe without a writer.</summary>
    public string PutPipe(string name)
    {
        string path = System.IO.Path.Combine(Path, name);
        using Process make = Process.Start("mkfifo", [path]);
        make.WaitForExit();
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
