namespace MnistPS.Numerics;

/// <summary>A number in a row of a sparse matrix, in 32 bits: its column below, and above the place in a table where its value stands.</summary>
internal static class CsrEntry
{
    /// <summary>The columns that there can be, and the places.</summary>
    public const int Limit = 1 << 16;

    /// <summary>An entry.</summary>
    public static uint Create(int column, int place) => (uint)(place << 16 | column);

    /// <summary>The column.</summary>
    public static int Column(uint entry) => (int)(entry & 0xFFFF);

    /// <summary>The place in the table.</summary>
    public static int Place(uint entry) => (int)(entry >> 16);
}
