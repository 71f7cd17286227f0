using System.Security.Cryptography;
using System.Text;

namespace MnistPS;

/// <summary>
/// A file that one writes to at a time, in this process and in others, and that all may read meanwhile. What is locked is a file beside it that is
/// gone with the lock; one that a killed process leaves locks nothing.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream? _held;

    private FileLock(FileStream? held) => _held = held;

    /// <summary>Locks a file, which need not be there yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="role">What the fault calls it.</param>
    /// <exception cref="MnistException">Somebody else has it (<c>…InUse</c>).</exception>
    public static FileLock Take(string path, FileRole role)
    {
        if (SpecialFile.KindOf(path) is not null)
        {
            return new FileLock(null);
        }

        try
        {
            // Whatever link leads there, the file is one.
            string target = (File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName : null) ?? Path.GetFullPath(path);
            string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFileName(target))), 0, 8);
            return new FileLock(new FileStream(
                Path.Join(Path.GetDirectoryName(target), $"MnistPS-{name}.lock"),
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.None, BufferSize = 0, Options = FileOptions.DeleteOnClose,
                }));
        }
        catch (IOException e) when (IsHeld(e))
        {
            throw new MnistException($"{role.Id}InUse", Fault.Write,
                $"The {role.Name} '{path}' is being written by another training. Wait for that, or give another {role.Parameter}.", path, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            // Where no file can be made, or there is no such folder, it is up to who opens the file itself.
            return new FileLock(null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    // ERROR_SHARING_VIOLATION of Windows, EWOULDBLOCK of Linux and of macOS: all that the system says of it.
    private static bool IsHeld(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;
}
