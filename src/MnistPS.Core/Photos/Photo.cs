using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>A picture in the form in which it is read: upright, opaque, and of a limited size.</summary>
internal sealed class Photo
{
    /// <summary>The side, in pixels, to which larger pictures are scaled down, because more pixels add no detail of a digit.</summary>
    public const int MostSide = 2048;

    // The largest ratio of a photo's side to that size. A decoder scales by eighths, and halving what is a little too large would lose detail.
    private const double Tolerance = 1.25;

    private const int Samples = 3;

    // Red, green and blue, (height, width, 3).
    private readonly byte[] _colours;

    private Photo(int width, int height, double scale, byte[] colours)
    {
        Width = width;
        Height = height;
        Scale = scale;
        _colours = colours;
    }

    /// <summary>The number of columns.</summary>
    public int Width { get; }

    /// <summary>The number of rows.</summary>
    public int Height { get; }

    /// <summary>The number of pixels of the upright file along each pixel of the photo.</summary>
    public double Scale { get; }

    /// <summary>The red, green and blue values of each pixel, row by row.</summary>
    public ReadOnlySpan<byte> Colours => _colours;

    /// <summary>Makes a photo of a picture.</summary>
    public static Photo Of(Picture picture)
    {
        int factor = (int)Math.Ceiling(Math.Max(picture.Width, picture.Height) / (MostSide * Tolerance));
        int width = picture.Width / factor;
        int height = picture.Height / factor;
        byte[] colours = new byte[width * height * Samples];
        Reduce(picture.Pixels, picture.Width, factor, width, height, colours, Ground(picture.Pixels));
        Photo photo = new(width, height, picture.Scale * factor, colours);
        return picture.Origin is > 1 and <= 8 ? photo.Turned(picture.Origin) : photo;
    }

    /// <summary>Makes a photo of a grey image, row by row, 0 (black) to 255 (white).</summary>
    public static Photo OfGrey(byte[] values, int width, int height)
    {
        byte[] pixels = new byte[values.Length * 4];
        for (int i = 0; i < values.Length; i++)
        {
            pixels.AsSpan(4 * i, 3).Fill(values[i]);
            pixels[(4 * i) + 3] = byte.MaxValue;
        }

        return Of(new Picture(pixels, width, height, Scale: 1, Origin: 1, FrameCount: 1));
    }

    /// <summary>One channel, reduced by the mean of each <paramref name="factor"/> by <paramref name="factor"/> pixels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Plane Channel(Channel channel, int factor = 1)
    {
        // The weights of the channels, of 256. The weights of grey are those of ITU-R BT.601.
        (int red, int green, int blue) = channel switch
        {
            Photos.Channel.Red => (256, 0, 0),
            Photos.Channel.Green => (0, 256, 0),
            Photos.Channel.Blue => (0, 0, 256),
            _ => (77, 150, 29),
        };
        int width = Width / factor;
        int height = Height / factor;
        byte[] values = new byte[width * height];
        int parts = 256 * factor * factor;
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int sum = parts / 2;
                for (int y = row * factor; y < (row + 1) * factor; y++)
                {
                    int place = ((y * Width) + (column * factor)) * Samples;
                    for (int x = 0; x < factor; x++, place += Samples)
                    {
                        sum += (red * _colours[place]) + (green * _colours[place + 1]) + (blue * _colours[place + 2]);
                    }
                }

                values[(row * width) + column] = (byte)(sum / parts);
            }
        }

        return new Plane(width, height, values);
    }

    /// <summary>The mean colour of a pixel and its neighbours, where they are within the photo.</summary>
    public (float Red, float Green, float Blue) Around(int column, int row)
    {
        int left = Math.Max(column - 1, 0), right = Math.Min(column + 2, Width);
        int top = Math.Max(row - 1, 0), bottom = Math.Min(row + 2, Height);
        float red = 0, green = 0, blue = 0;
        for (int y = top; y < bottom; y++)
        {
            for (int place = ((y * Width) + left) * Samples; place < ((y * Width) + right) * Samples; place += Samples)
            {
                red += _colours[place];
                green += _colours[place + 1];
                blue += _colours[place + 2];
            }
        }

        int count = (right - left) * (bottom - top);
        return (red / count, green / count, blue / count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reduce(byte[] pixels, int stride, int factor, int width, int height, byte[] colours, (int Red, int Green, int Blue) ground)
    {
        int parts = byte.MaxValue * factor * factor;
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int red = parts / 2, green = parts / 2, blue = parts / 2;
                for (int y = row * factor; y < (row + 1) * factor; y++)
                {
                    int place = 4 * ((y * stride) + (column * factor));
                    for (int x = 0; x < factor; x++, place += 4)
                    {
                        int opacity = pixels[place + 3];
                        int rest = byte.MaxValue - opacity;
                        red += (opacity * pixels[place]) + (rest * ground.Red);
                        green += (opacity * pixels[place + 1]) + (rest * ground.Green);
                        blue += (opacity * pixels[place + 2]) + (rest * ground.Blue);
                    }
                }

                int target = ((row * width) + column) * Samples;
                colours[target] = (byte)(red / parts);
                colours[target + 1] = (byte)(green / parts);
                colours[target + 2] = (byte)(blue / parts);
            }
        }
    }

    /// <summary>
    /// The colour of the ground behind transparent pixels. Where most of a picture is transparent, it contains only ink, and the ground is black or white,
    /// whichever contrasts with the ink. Otherwise the picture contains paper too, and the ground is the mean colour.
    /// </summary>
    private static (int Red, int Green, int Blue) Ground(byte[] pixels)
    {
        long opacity = 0, red = 0, green = 0, blue = 0;
        for (int i = 0; i < pixels.Length; i += 4)
        {
            long share = pixels[i + 3];
            opacity += share;
            red += share * pixels[i];
            green += share * pixels[i + 1];
            blue += share * pixels[i + 2];
        }

        if (opacity == 0)
        {
            return (byte.MaxValue, byte.MaxValue, byte.MaxValue);
        }

        (int Red, int Green, int Blue) mean = ((int)(red / opacity), (int)(green / opacity), (int)(blue / opacity));
        if (opacity > byte.MaxValue * (long)pixels.Length / 8)
        {
            return mean;
        }

        int opposite = mean.Red + mean.Green + mean.Blue > 3 * byte.MaxValue / 2 ? 0 : byte.MaxValue;
        return (opposite, opposite, opposite);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Photo Turned(int origin)
    {
        // The position in the file of a pixel of the upright photo. Orientations from 5 on exchange rows with columns.
        bool isExchanged = origin >= 5;
        bool isLeftRight = origin is 2 or 3 or 7 or 8;
        bool isUpDown = origin is 3 or 4 or 6 or 7;
        int width = isExchanged ? Height : Width;
        int height = isExchanged ? Width : Height;
        byte[] colours = new byte[_colours.Length];
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                int x = isExchanged ? row : column;
                int y = isExchanged ? column : row;
                x = isLeftRight ? Width - 1 - x : x;
                y = isUpDown ? Height - 1 - y : y;
                int from = ((y * Width) + x) * Samples;
                int to = ((row * width) + column) * Samples;
                colours[to] = _colours[from];
                colours[to + 1] = _colours[from + 1];
                colours[to + 2] = _colours[from + 2];
            }
        }

        return new Photo(width, height, Scale, colours);
    }
}
