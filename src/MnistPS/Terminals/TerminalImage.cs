using System.Globalization;
using System.Text;

namespace MnistPS;

/// <summary>Draws digits as lines of text. A character is about twice as high as wide, so a line holds two rows of pixels.</summary>
public static class TerminalImage
{
    /// <summary>Lines of an image.</summary>
    internal const int Rows = MnistImage.Side / 2;

    /// <summary>What stands between two images.</summary>
    internal const string Gap = "  ";

    private const string Ramp = " .:-=+*#%@";

    /// <summary>Whether images may be in colour.</summary>
    /// <param name="noColor">The environment variable NO_COLOR (https://no-color.org), or null.</param>
    /// <param name="rendering">The session's <c>$PSStyle.OutputRendering</c> in words, or null.</param>
    /// <param name="isShown">Whether the lines go to a terminal, and not into a file or to another command.</param>
    /// <param name="knowsColor">Whether the terminal knows escape sequences.</param>
    public static bool MayHaveColor(string? noColor, string? rendering, bool isShown, bool knowsColor)
        => string.IsNullOrEmpty(noColor) && rendering != "PlainText" && isShown && knowsColor;

    /// <summary>How many images fit side by side into so many columns; one at least.</summary>
    public static int CountPerRow(int columns) => Math.Max(1, (columns + Gap.Length) / (MnistImage.Side + Gap.Length));

    /// <summary>The lines of some images side by side: one with each image's index and label, then 14 of pixels.</summary>
    /// <param name="images">The images, from left to right.</param>
    /// <param name="color">Upper half blocks in 24-bit grey by ANSI escape sequences if true, else plain characters, denser where there is more ink.</param>
    public static string[] Draw(IReadOnlyList<MnistImage> images, bool color) => Draw([.. images.Select(image => new CaptionedImage(image))], color);

    /// <summary>The same, and a line of captions below where there is one.</summary>
    internal static string[] Draw(CaptionedImage[] images, bool color)
        =>
        [
            Titles(images),
            .. Enumerable.Range(0, Rows).Select(line => Join(images, item => color ? HalfBlocks(item.Image, 2 * line) : Characters(item.Image, 2 * line))),
            .. Captions(images),
        ];

    /// <summary>The line above the images: index and label of each.</summary>
    internal static string Titles(CaptionedImage[] images)
        => Join(images, item => $"{item.Image.Index}: {item.Image.LabelName}".PadRight(MnistImage.Side));

    /// <summary>The line below the images, or none where there is nothing to say.</summary>
    internal static string[] Captions(CaptionedImage[] images)
        => Array.TrueForAll(images, item => item.Caption.Length == 0) ? [] : [Join(images, item => item.Caption.PadRight(MnistImage.Side))];

    private static string Join(CaptionedImage[] images, Func<CaptionedImage, string> part) => string.Join(Gap, images.Select(part)).TrimEnd();

    // The foreground is the upper pixel, the background the lower one; a colour is set only where it changes.
    private static string HalfBlocks(MnistImage image, int row)
    {
        StringBuilder line = new();
        for (int column = 0; column < MnistImage.Side; column++)
        {
            byte upper = image[row, column];
            byte lower = image[row + 1, column];
            if (column == 0 || upper != image[row, column - 1])
            {
                line.Append(CultureInfo.InvariantCulture, $"\e[38;2;{upper};{upper};{upper}m");
            }

            if (column == 0 || lower != image[row + 1, column - 1])
            {
                line.Append(CultureInfo.InvariantCulture, $"\e[48;2;{lower};{lower};{lower}m");
            }

            line.Append('▀');
        }

        return line.Append("\e[0m").ToString();
    }

    private static string Characters(MnistImage image, int row)
        => string.Create(MnistImage.Side, (image, row), static (line, at) =>
        {
            for (int column = 0; column < line.Length; column++)
            {
                int ink = at.image[at.row, column] + at.image[at.row + 1, column];
                line[column] = Ramp[ink * (Ramp.Length - 1) / (2 * byte.MaxValue)];
            }
        });
}
