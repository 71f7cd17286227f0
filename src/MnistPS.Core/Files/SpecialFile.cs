using System.Runtime.InteropServices;

namespace MnistPS;

/// <summary>Detects pipes, devices and sockets. Opening one may block forever, and renaming over one removes it.</summary>
internal static unsafe partial class SpecialFile
{
    // The file type within the mode (POSIX, sys/stat.h), which .NET's own shim returns alike on all systems, after a word of flags.
    private const int KindMask = 0xF000;
    private const int StatusBytes = 512;

    /// <summary>
    /// What a path leads to, links followed: <c>a pipe</c>, <c>a device</c> or <c>a socket</c>; null for a file, a folder or nothing.
    /// </summary>
    public static string? KindOf(string path)
    {
        if (OperatingSystem.IsWindows() || path.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }

        int* status = stackalloc int[StatusBytes / sizeof(int)];
        return Stat(path, status) != 0 ? null : (status[1] & KindMask) switch
        {
            0x1000 => "a pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    /// <summary>Opens a file to read; other processes may replace it meanwhile.</summary>
    /// <exception cref="IOException">It cannot be read, or is not a file.</exception>
    public static FileStream OpenFile(string path)
        => KindOf(path) is { } kind
            ? throw new IOException($"It is {kind}; a file was expected.")
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(string path, int* status);
}
