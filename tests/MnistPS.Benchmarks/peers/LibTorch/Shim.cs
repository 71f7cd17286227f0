using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace MnistPS.Benchmarks.LibTorch;

/// <summary>
/// Lets TorchSharp's native shim load beside the libstdc++ of GCC 12 (Debian 12). It asks for version GLIBCXX_3.4.32 on account of a single
/// symbol, std::ios_base_library_init, which GCC 13's &lt;iostream&gt; names so that it is linked and which nothing calls. Marking that version
/// as a weak need in the copy beside this program makes the loader pass over it.
/// Source: the ELF symbol versioning of the Linux Standard Base (Elfxx_Vernaux: vna_hash, then vna_flags, of which 2 is VER_FLG_WEAK).
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

        // A file of its own, in case the build linked it to the package's.
        library[need + hash.Length] = WeakFlag;
        File.Delete(path);
        File.WriteAllBytes(path, library);
    }
}
