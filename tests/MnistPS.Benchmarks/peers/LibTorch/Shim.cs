using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MnistPS.Benchmarks.LibTorch;

/// <summary>
/// Lets TorchSharp's native shim load with the libstdc++ of GCC 12 (Debian 12). The shim needs version GLIBCXX_3.4.32 for one symbol,
/// std::ios_base_library_init, which GCC 13's &lt;iostream&gt; references and nothing calls. Marking that version as weak in the copy beside this program
/// makes the loader ignore it. Source: the ELF symbol versioning of the Linux Standard Base (Elfxx_Vernaux: vna_hash, then vna_flags, of which 2 is
/// VER_FLG_WEAK).
/// </summary>
internal static class Shim
{
    // The ELF hash of "GLIBCXX_3.4.32".
    private const uint VersionHash = 0x0297F842;
    private const byte WeakFlag = 2;

    public static void Prepare()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");
        if (NativeLibrary.TryLoad(path, out _))
        {
            return;
        }

        byte[] library = File.ReadAllBytes(path);
        Span<byte> hash = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(hash, VersionHash);
        int need = library.AsSpan().IndexOf(hash);
        if (need < 0)
        {
            return;
        }

        // A new file, in case the build hard-linked it to the package's.
        library[need + hash.Length] = WeakFlag;
        File.Delete(path);
        File.WriteAllBytes(path, library);
    }
}
