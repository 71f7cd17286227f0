using SkiaSharp;

namespace MnistPS.Imaging;

/// <summary>The colours of a theme. Lines differ in lightness too, for readers with impaired colour vision.</summary>
internal sealed class Palette
{
    private Palette(string background, string text, string muted, string grid, string axis, string highlight, string zero, string negative, string positive, string paper, string ink, string[] lines)
    {
        Background = SKColor.Parse(background);
        Text = SKColor.Parse(text);
        Muted = SKColor.Parse(muted);
        Grid = SKColor.Parse(grid);
        Axis = SKColor.Parse(axis);
        Highlight = SKColor.Parse(highlight);
        Zero = SKColor.Parse(zero);
        Negative = SKColor.Parse(negative);
        Positive = SKColor.Parse(positive);
        Paper = SKColor.Parse(paper);
        Ink = SKColor.Parse(ink);
        Lines = [.. lines.Select(SKColor.Parse)];
    }

    /// <summary>The palette of a theme.</summary>
    public static Palette Of(PlotTheme theme) => theme == PlotTheme.Dark ? Dark : Light;

    /// <summary>The background.</summary>
    public SKColor Background { get; }

    /// <summary>Headings and values.</summary>
    public SKColor Text { get; }

    /// <summary>Secondary text.</summary>
    public SKColor Muted { get; }

    /// <summary>Grid lines.</summary>
    public SKColor Grid { get; }

    /// <summary>Axis lines.</summary>
    public SKColor Axis { get; }

    /// <summary>Mistakes.</summary>
    public SKColor Highlight { get; }

    /// <summary>A weight of zero.</summary>
    public SKColor Zero { get; }

    /// <summary>The most negative weights.</summary>
    public SKColor Negative { get; }

    /// <summary>The most positive weights.</summary>
    public SKColor Positive { get; }

    /// <summary>The paper of a digit.</summary>
    public SKColor Paper { get; }

    /// <summary>The ink of a digit.</summary>
    public SKColor Ink { get; }

    /// <summary>Lines, in the order of their indices.</summary>
    public SKColor[] Lines { get; }

    private static Palette Light { get; } = new(
        "#FFFFFF", "#1B1F24", "#646C76", "#E9ECF0", "#B4BBC4", "#C8381F",
        "#F6F6F6", "#1F5FBF", "#C2321F", "#FFFFFF", "#15181D",
        ["#2F6FDE", "#E8710A", "#0F9D76", "#B5379E", "#8A6D00", "#12A5C2", "#6E4BD8", "#D64545"]);

    private static Palette Dark { get; } = new(
        "#14171C", "#E8ECF1", "#97A1AE", "#262B33", "#4A525E", "#FF8A70",
        "#1E222A", "#5AA2FF", "#FF7A5C", "#0B0D10", "#F4F6F8",
        ["#6BA4FF", "#FFA24B", "#45D3A5", "#EE82D6", "#E3C34A", "#5BD5EC", "#AB94FF", "#FF8080"]);

    /// <summary>The colour of a line.</summary>
    public SKColor Line(int number) => Lines[number % Lines.Length];

    /// <summary>Interpolates between two colours.</summary>
    /// <param name="from">The colour at 0.</param>
    /// <param name="to">The colour at 1.</param>
    /// <param name="share">The position between them, from 0 to 1.</param>
    public static SKColor Mix(SKColor from, SKColor to, double share)
    {
        byte Channel(byte a, byte b) => (byte)Math.Round(a + (b - a) * Math.Clamp(share, 0, 1));
        return new SKColor(Channel(from.Red, to.Red), Channel(from.Green, to.Green), Channel(from.Blue, to.Blue));
    }
}
