using System.Runtime.InteropServices;

namespace MnistPS;

/// <summary>What stands where a file should and is none: a pipe, a device, a socket. To open one may wait for ever, and to rename over one takes it away.</summary>
internal static unsafe partial class SpecialFile
{
    // The kind of a file within its mode (POSIX, sys/stat.h), which .NET's own shim gives alike on all systems, behind a word of flags.
    private const int KindMask = 0xF000;
    private const int StatusBytes = 512;

    /// <summary>What a path leads to, links followed: <c>a pipe</c>, <c>a device</c> or <c>a socket</c>; null for a file, a folder and nothing.</summary>
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

    /// <summary>Opens a file to read; others may put a fresh one in its place meanwhile.</summary>
    /// <exception cref="IOException">It cannot be read, or is no file.</exception>
    public static FileStream OpenFile(string path)
        => KindOf(path) is { } kind
            ? throw new IOException($"It is {kind}; a file was expected.")
            : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_Stat", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Stat(string path, int* status);
}
