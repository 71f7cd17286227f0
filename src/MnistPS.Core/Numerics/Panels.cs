namespace MnistPS.Numerics;

/// <summary>
/// A row of values cut into panels of whole 64 bytes, at most as wide as a kernel wants: one, or an even number, so that two threads get as many each.
/// Each panel is cut into sixteen pieces, for more threads than panels.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal readonly struct Panels<T>
    where T : unmanaged
{
    /// <summary>Pieces of a panel.</summary>
    public const int Pieces = 16;

    private readonly int _count;
    private readonly int _lines;

    /// <summary>Cuts a row into panels.</summary>
    /// <param name="count">Values in the row.</param>
    /// <param name="widest">Values across a panel at most, of which whole 64 bytes are used.</param>
    public Panels(int count, int widest)
    {
        _count = count;
        _lines = Buffer<T>.Pad(count) / Line;
        int most = widest / Line;
        Count = _lines <= most ? 1 : (_lines + 2 * most - 1) / (2 * most) * 2;
    }

    /// <summary>Panels.</summary>
    public int Count { get; }

    /// <summary>Values of all panels, padding included.</summary>
    public int Length => Start(Count);

    /// <summary>Pieces of all panels.</summary>
    public int PieceCount => Count * Pieces;

    private static int Line => Buffer<T>.Pad(1);

    /// <summary>The first value of a panel; for the panel after the last, the end of the row.</summary>
    public int Start(int panel) => (int)((long)_lines * panel / Count) * Line;

    /// <summary>Values across a panel, padding included.</summary>
    public int Width(int panel) => Start(panel + 1) - Start(panel);

    /// <summary>Values of a panel, without the padding of the last one.</summary>
    public int UnitCount(int panel) => Math.Min(_count, Start(panel + 1)) - Start(panel);

    /// <summary>The first range of pieces <paramref name="piece"/> up to <paramref name="to"/> within one panel; advances past it.</summary>
    /// <returns>The panel, and the range of its sixteenths.</returns>
    public static (int Panel, int First, int End) Next(ref int piece, int to)
    {
        int panel = piece / Pieces;
        int first = piece % Pieces;
        int end = Math.Min(Pieces, to - panel * Pieces);
        piece = panel * Pieces + end;
        return (panel, first, end);
    }
}
