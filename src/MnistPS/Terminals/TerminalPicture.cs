using System.Globalization;
using System.Text;
using MnistPS.Formats;

namespace MnistPS.Terminals;

/// <summary>Encodes images side by side as one picture, 28 columns and 14 lines each.</summary>
internal static class TerminalPicture
{
    // The protocol's limit for a chunk.
    private const int KittyPiece = 4096;

    // Sixel terminals have few colour registers.
    private const int SixelGreys = 32;
    private const int SixelRows = 6;
    private const int Step = MnistImage.Side + 2;

    /// <summary>Encodes a picture as escape sequences. The cursor stays in its last line.</summary>
    /// <param name="images">The images, from left to right.</param>
    /// <param name="renderer">The protocol: <see cref="ImageRenderer.Kitty"/>, <see cref="ImageRenderer.ITerm"/> or <see cref="ImageRenderer.Sixel"/>.</param>
    /// <param name="cell">Pixels of a character, for sixels.</param>
    public static string Encode(IReadOnlyList<MnistImage> images, ImageRenderer renderer, (int Width, int Height) cell) => renderer switch
    {
        ImageRenderer.Kitty => Kitty(images),
        ImageRenderer.ITerm => ITerm(images),
        ImageRenderer.Sixel => Sixel(images, cell),
        _ => throw new ArgumentOutOfRangeException(nameof(renderer)),
    };

    private static int Columns(IReadOnlyList<MnistImage> images) => images.Count * Step - 2;

    /// <summary>
    /// Kitty's terminal graphics protocol: a PNG (f=100) displayed at once (a=T) in a number of columns and lines, in chunks, without a response (q=2).
    /// </summary>
    private static string Kitty(IReadOnlyList<MnistImage> images)
    {
        string data = Convert.ToBase64String(Png(images));
        StringBuilder text = new();
        for (int start = 0; start < data.Length; start += KittyPiece)
        {
            text.Append("\e_G");
            if (start == 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"a=T,f=100,q=2,c={Columns(images)},r={TerminalImage.Rows},");
            }

            text.Append(start + KittyPiece < data.Length ? "m=1;" : "m=0;");
            text.Append(data.AsSpan(start, Math.Min(KittyPiece, data.Length - start))).Append("\e\\");
        }

        return text.ToString();
    }

    /// <summary>iTerm2's inline images protocol.</summary>
    private static string ITerm(IReadOnlyList<MnistImage> images)
    {
        byte[] png = Png(images);
        return string.Create(CultureInfo.InvariantCulture,
            $"\e]1337;File=inline=1;size={png.Length};width={Columns(images)};height={TerminalImage.Rows};preserveAspectRatio=0:{Convert.ToBase64String(png)}\a");
    }

    /// <summary>DEC's sixels, "VT330/VT340 Programmer Reference Manual", chapter 14: bands of six rows, colour by colour.</summary>
    private static string Sixel(IReadOnlyList<MnistImage> images, (int Width, int Height) cell)
    {
        int width = Columns(images) * cell.Width;

        // Whole sixels, or the last band would reach into the line below.
        int height = TerminalImage.Rows * cell.Height / SixelRows * SixelRows;
        StringBuilder text = new($"\eP0;1;0q\"1;1;{width};{height}");
        for (int grey = 0; grey < SixelGreys; grey++)
        {
            int percent = 100 * grey / (SixelGreys - 1);
            text.Append(CultureInfo.InvariantCulture, $"#{grey};2;{percent};{percent};{percent}");
        }

        int[] greys = new int[SixelRows * width];
        for (int top = 0; top < height; top += SixelRows)
        {
            for (int i = 0; i < greys.Length; i++)
            {
                greys[i] = GreyAt(i % width, top + i / width);
            }

            foreach (int grey in greys.Where(grey => grey >= 0).Distinct().Order())
            {
                text.Append(CultureInfo.InvariantCulture, $"#{grey}");
                AppendRow(text, greys, width, grey);
                text.Append('$');
            }

            text.Append('-');
        }

        return text.Append("\e\\").ToString();

        int GreyAt(int x, int y)
        {
            int column = x / cell.Width;
            int image = column / Step;
            return column % Step < MnistImage.Side
                ? images[image][y * MnistImage.Side / height, column % Step] * (SixelGreys - 1) / byte.MaxValue
                : -1;
        }
    }

    /// <summary>A colour's part of six rows: a character per column, a bit per row from the top, run-length encoded.</summary>
    private static void AppendRow(StringBuilder text, int[] greys, int width, int grey)
    {
        int run = 0;
        char last = '\0';
        for (int x = 0; x <= width; x++)
        {
            char sixel = '\0';
            if (x < width)
            {
                int bits = 0;
                for (int row = 0; row < SixelRows; row++)
                {
                    bits |= greys[row * width + x] == grey ? 1 << row : 0;
                }

                sixel = (char)('?' + bits);
            }

            if (sixel != last)
            {
                _ = run > 3 ? text.Append(CultureInfo.InvariantCulture, $"!{run}{last}") : text.Append(last, run);
                run = 0;
                last = sixel;
            }

            run++;
        }
    }

    /// <summary>A PNG, one sample per pixel; the terminal scales it. The gap between images is transparent.</summary>
    private static byte[] Png(IReadOnlyList<MnistImage> images)
    {
        int width = Columns(images);
        byte[] pixels = new byte[2 * width * MnistImage.Side];
        for (int image = 0; image < images.Count; image++)
        {
            for (int row = 0; row < MnistImage.Side; row++)
            {
                for (int column = 0; column < MnistImage.Side; column++)
                {
                    int at = 2 * (row * width + image * Step + column);
                    pixels[at] = images[image][row, column];
                    pixels[at + 1] = byte.MaxValue;
                }
            }
        }

        return GreyPng.Encode(pixels, width, MnistImage.Side, hasOpacity: true);
    }
}
