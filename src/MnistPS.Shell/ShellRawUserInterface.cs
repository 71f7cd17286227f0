using System.Management.Automation.Host;

namespace MnistPS.Shell;

/// <summary>The measures of the console, which the engine needs to lay out tables, and its keys.</summary>
internal sealed class ShellRawUserInterface : PSHostRawUserInterface
{
    /// <summary>Columns where there is no terminal to ask: what pwsh takes then.</summary>
    private const int RedirectedWidth = 120;

    /// <inheritdoc/>
    public override Size BufferSize
    {
        get => WindowSize;
        set => throw NotSupported();
    }

    /// <inheritdoc/>
    public override Size WindowSize
    {
        get => Console.IsOutputRedirected || Console.WindowWidth == 0 ? new Size(RedirectedWidth, 0) : new Size(Console.WindowWidth, Console.WindowHeight);
        set => throw NotSupported();
    }

    /// <inheritdoc/>
    public override Size MaxWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Size MaxPhysicalWindowSize => WindowSize;

    /// <inheritdoc/>
    public override Coordinates WindowPosition { get; set; }

    /// <inheritdoc/>
    public override ConsoleColor ForegroundColor { get; set; } = ConsoleColor.Gray;

    /// <inheritdoc/>
    public override ConsoleColor BackgroundColor { get; set; } = ConsoleColor.Black;

    /// <inheritdoc/>
    public override int CursorSize { get; set; } = 25;

    /// <inheritdoc/>
    public override Coordinates CursorPosition
    {
        get => new(Console.CursorLeft, Console.CursorTop);
        set => Console.SetCursorPosition(value.X, value.Y);
    }

    /// <inheritdoc/>
    public override string WindowTitle { get; set; } = "";

    /// <inheritdoc/>
    public override bool KeyAvailable => Console.KeyAvailable;

    /// <inheritdoc/>
    public override KeyInfo ReadKey(ReadKeyOptions options)
    {
        ConsoleKeyInfo key = Console.ReadKey(intercept: options.HasFlag(ReadKeyOptions.NoEcho));
        return new KeyInfo((int)key.Key, key.KeyChar, 0, keyDown: true);
    }

    /// <inheritdoc/>
    public override void FlushInputBuffer()
    {
    }

    /// <inheritdoc/>
    public override BufferCell[,] GetBufferContents(Rectangle rectangle) => throw NotSupported();

    /// <inheritdoc/>
    public override void SetBufferContents(Coordinates origin, BufferCell[,] contents) => throw NotSupported();

    /// <inheritdoc/>
    public override void SetBufferContents(Rectangle rectangle, BufferCell fill) => throw NotSupported();

    /// <inheritdoc/>
    public override void ScrollBufferContents(Rectangle source, Coordinates destination, Rectangle clip, BufferCell fill) => throw NotSupported();

    private static NotSupportedException NotSupported() => new("This shell writes lines; it does not address the screen.");
}
