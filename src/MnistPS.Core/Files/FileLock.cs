using System.Security.Cryptography;
using System.Text;

namespace MnistPS;

/// <summary>
/// An exclusive write lock on a file, across processes; readers are not blocked. A lock file beside it is held open and deleted on release; one that a
/// killed process leaves locks nothing.
/// </summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream? _held;

    private FileLock(FileStream? held) => _held = held;

    /// <summary>Locks a file, which need not exist yet.</summary>
    /// <param name="path">The file.</param>
    /// <param name="role">What the message calls it.</param>
    /// <exception cref="MnistException">It is locked already (<c>…InUse</c>).</exception>
    public static FileLock Take(string path, FileRole role)
    {
        if (SpecialFile.KindOf(path) is not null)
        {
            return new FileLock(null);
        }

        try
        {
            // Links to one file share its lock.
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
            // No lock file can be created here; opening the file itself reports why.
            return new FileLock(null);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _held?.Dispose();

    // ERROR_SHARING_VIOLATION of Windows, EWOULDBLOCK of Linux and of macOS: .NET has no exception type for them.
    private static bool IsHeld(IOException e) => e.HResult is unchecked((int)0x80070020) or 11 or 35;
}
