using System.Reflection;
using System.Runtime.InteropServices;

namespace MnistPS.Terminals;

/// <summary>
/// A terminal's input on Linux and macOS, byte by byte, without echo and line buffering. Like Console.GetCursorPosition, it bypasses .NET's buffer by
/// functions of .NET's native part, and puts keys that are no response into that buffer.
/// </summary>
internal sealed partial class UnixInput : IDisposable
{
    private const short PollIn = 1;
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
    private const BindingFlags AnyInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private readonly byte[] _buffer = new byte[1024];

    // Puts a key into .NET's buffer, which Console.ReadKey reads before the terminal.
    private readonly GiveBack _giveBack;

    private UnixInput(GiveBack giveBack)
    {
        _giveBack = giveBack;
        InitializeConsoleBeforeRead(minChars: 0, decisecondsTimeout: 0);
    }

    private delegate void GiveBack(ReadOnlySpan<byte> bytes);

    /// <summary>The terminal's input, or null where keys could not be put back, or not on Unix.</summary>
    public static UnixInput? TryOpen()
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            object? reader = typeof(Console).Assembly.GetType("System.ConsolePal")?.GetProperty("StdInReader", AnyStatic)?.GetValue(null);
            object? inner = reader?.GetType().GetProperty("Inner", AnyInstance)?.GetValue(reader);
            MethodInfo? append = inner?.GetType().GetMethod("AppendExtraBuffer", AnyInstance, [typeof(ReadOnlySpan<byte>)]);
            return append is null ? null : new UnixInput(append.CreateDelegate<GiveBack>(inner));
        }
        catch (Exception e) when (e is ArgumentException or TargetInvocationException or DllNotFoundException or EntryPointNotFoundException)
        {
            // An unknown version of .NET: the terminal is not queried.
            return null;
        }
    }

    /// <summary>The bytes that have arrived within a number of milliseconds; may be empty.</summary>
    public unsafe ReadOnlySpan<byte> Read(int milliseconds)
    {
        PollDescriptor descriptor = new() { Events = PollIn };
        if (milliseconds <= 0 || Poll(&descriptor, 1, milliseconds) <= 0)
        {
            return [];
        }

        fixed (byte* buffer = _buffer)
        {
            return _buffer.AsSpan(0, Math.Max(0, ReadStdin(buffer, _buffer.Length)));
        }
    }

    /// <summary>Puts keys back for the next reader.</summary>
    public void Return(byte[] keys)
    {
        if (keys.Length > 0)
        {
            _giveBack(keys);
        }
    }

    /// <summary>Restores the terminal's mode.</summary>
    public void Dispose() => UninitializeConsoleAfterRead();

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_InitializeConsoleBeforeRead")]
    private static partial void InitializeConsoleBeforeRead(byte minChars, byte decisecondsTimeout);

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_UninitializeConsoleAfterRead")]
    private static partial void UninitializeConsoleAfterRead();

    [LibraryImport("libSystem.Native", EntryPoint = "SystemNative_ReadStdin")]
    private static unsafe partial int ReadStdin(byte* buffer, int size);

    [LibraryImport("libc", EntryPoint = "poll")]
    private static unsafe partial int Poll(PollDescriptor* descriptors, nint count, int milliseconds);

    // struct pollfd; file 0 is the standard input.
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int File;
        public short Events;
        public short Returned;
    }
}
