namespace MnistPS.Numerics;

/// <summary>
/// A row of numbers cut into panels of whole 64 bytes, each as wide as a kernel wants them at most: one, or an even number, so that
/// two threads have as many each. Each panel is cut further into sixteen pieces, for more threads than panels.
/// </summary>
/// <typeparam name="T">The number.</typeparam>
internal readonly struct Panels<T>
    where T : unmanaged
{
    /// <summary>Pieces of a panel.</summary>
    public const int Pieces = 16;

    private readonly int _numbers;
    private readonly int _lines;

    /// <summary>The panels of so many numbers.</summary>
    /// <param name="numbers">Numbers.</param>
    /// <param name="widest">Numbers across a panel at most, of which whole 64 bytes are used.</param>
    public Panels(int numbers, int widest)
    {
        _numbers = numbers;
        _lines = Buffer<T>.Pad(numbers) / Line;
        int most = widest / Line;
        Count = _lines <= most ? 1 : (_lines + 2 * most - 1) / (2 * most) * 2;
    }

    /// <summary>Panels.</summary>
    public int Count { get; }

    /// <summary>Numbers of all panels, padding included.</summary>
    public int Length => Start(Count);

    /// <summary>Pieces of all panels.</summary>
    public int PieceCount => Count * Pieces;

    private static int Line => Buffer<T>.Pad(1);

    /// <summary>The first number of a panel; that of the panel after the last is where the row ends.</summary>
    public int Start(int panel) => (int)((long)_lines * panel / Count) * Line;

    /// <summary>Numbers across a panel, padding included.</summary>
    public int Width(int panel) => Start(panel + 1) - Start(panel);

    /// <summary>Numbers of a panel, without the padding of the last one.</summary>
    public int Numbers(int panel) => Math.Min(_numbers, Start(panel + 1)) - Start(panel);

    /// <summary>
    /// The run of pieces within one panel with which pieces <paramref name="piece"/> up to <paramref name="to"/> begin; moves past it.
    /// </summary>
    /// <returns>The panel, and which sixteenths of it.</returns>
    public static (int Panel, int First, int End) Next(ref int piece, int to)
    {
        int panel = piece / Pieces;
        int first = piece % Pieces;
        int end = Math.Min(Pieces, to - panel * Pieces);
        piece = panel * Pieces + end;
        return (panel, first, end);
    }
}
