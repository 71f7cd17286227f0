using System.Runtime.CompilerServices;

namespace MnistPS.Formats;

/// <summary>The CRC-32 of zip and PNG, updated byte by byte. Source: "Portable Network Graphics (PNG) Specification", W3C, annex D.</summary>
internal struct Crc32
{
    private static readonly uint[] _table = CreateTable();

    /// <summary>The checksum of all bytes so far.</summary>
    public uint Value { readonly get; private set; }

    /// <summary>Adds bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Append(ReadOnlySpan<byte> bytes)
    {
        uint[] table = _table;
        uint rest = ~Value;
        foreach (byte value in bytes)
        {
            rest = (rest >> 8) ^ table[(byte)(rest ^ value)];
        }

        Value = ~rest;
    }

    private static uint[] CreateTable()
    {
        uint[] table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint rest = i;
            for (int bit = 0; bit < 8; bit++)
            {
                rest = (rest >> 1) ^ ((rest & 1) * 0xEDB88320);
            }

            table[i] = rest;
        }

        return table;
    }
}
