namespace MnistPS.Numerics;

/// <summary>An entry of a sparse row in 32 bits: its column below, and above the index of its value in a table.</summary>
internal static class CsrEntry
{
    /// <summary>Number of columns, and of indices, that fit.</summary>
    public const int Limit = 1 << 16;

    /// <summary>An entry.</summary>
    public static uint Create(int column, int place) => (uint)(place << 16 | column);

    /// <summary>The column.</summary>
    public static int Column(uint entry) => (int)(entry & 0xFFFF);

    /// <summary>The index in the table.</summary>
    public static int Place(uint entry) => (int)(entry >> 16);
}
