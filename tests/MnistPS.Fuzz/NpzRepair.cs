using System.Buffers.Binary;
using System.IO.Compression;
using MnistPS.Formats;

namespace MnistPS.Fuzz;

/// <summary>Brings a damaged npz file past its checksums.</summary>
internal static class NpzRepair
{
    // Of a record in the directory of a zip archive: where its checksum is, and where it says that its entry begins. Source: APPNOTE.TXT, PKWARE, 4.3.12.
    private const int RecordLength = 46;
    private const int ChecksumAt = 16;

    /// <summary>The file with the checksum of each entry that can be unpacked put right.</summary>
    public static byte[] Checksums(byte[] input)
    {
        byte[] repaired = [.. input];
        try
        {
            using ZipArchive zip = new(new MemoryStream(input));
            int at = repaired.Length;
            foreach (ZipArchiveEntry entry in zip.Entries.Reverse())
            {
                at = repaired.AsSpan(0, at).LastIndexOf("PK\x01\x02"u8);
                if (at < 0 || at + RecordLength > repaired.Length)
                {
                    break;
                }

                using Stream content = entry.Open();
                Crc32 crc = default;
                byte[] chunk = new byte[4096];
                for (int count = content.Read(chunk); count > 0; count = content.Read(chunk))
                {
                    crc.Append(chunk.AsSpan(0, count));
                }

                BinaryPrimitives.WriteUInt32LittleEndian(repaired.AsSpan(at + ChecksumAt), crc.Value);
            }
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException or IOException or NotSupportedException or OverflowException)
        {
            // It is damaged beyond that.
        }

        return repaired;
    }
}
