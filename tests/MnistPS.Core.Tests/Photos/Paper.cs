using MnistPS.Photos;

namespace MnistPS.Tests;

/// <summary>Pictures that tests draw: a digit on paper, with what photos have besides.</summary>
internal sealed class Paper
{
    private readonly double[] _light;

    private Paper(int width, int height, double light)
    {
        Width = width;
        Height = height;
        _light = new double[width * height];
        Array.Fill(_light, light);
    }

    public int Width { get; }

    public int Height { get; }

    public static Paper Of(int width, int height, double light = 240) => new(width, height, light);

    /// <summary>Writes an image of MNIST's size, each of its pixels <paramref name="scale"/> by <paramref name="scale"/> large.</summary>
    public Paper Write(MnistImage image, int left, int top, int scale, double ink = 40)
        => Change((column, row, light) =>
        {
            int x = (column - left) / scale;
            int y = (row - top) / scale;
            bool isInside = column >= left && row >= top && x < MnistImage.Side && y < MnistImage.Side;
            return isInside ? light + ((ink - light) * image[y, x] / 255) : light;
        });

    /// <summary>A line that is <paramref name="width"/> thick.</summary>
    public Paper Line(double x0, double y0, double x1, double y1, double width, double ink = 40)
        => Change((column, row, light) =>
        {
            double dx = x1 - x0, dy = y1 - y0;
            double share = Math.Clamp((((column - x0) * dx) + ((row - y0) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
            double distance = Math.Sqrt(Math.Pow(column - x0 - (share * dx), 2) + Math.Pow(row - y0 - (share * dy), 2));
            return light + ((ink - light) * Math.Clamp((width / 2) + 0.5 - distance, 0, 1));
        });

    /// <summary>Changes how light each pixel is, which it is told with its column and its row.</summary>
    public Paper Change(Func<int, int, double, double> change)
    {
        for (int i = 0; i < _light.Length; i++)
        {
            _light[i] = change(i % Width, i / Width, _light[i]);
        }

        return this;
    }

    /// <summary>Noise of a standard deviation of about <paramref name="spread"/>.</summary>
    public Paper Noise(double spread)
    {
        SplitMix64 random = new(1);
        return Change((_, _, light) => light + (spread * random.NextBell()));
    }

    public Photo Photo() => Photos.Photo.OfGrey(Array.ConvertAll(_light, light => (byte)Math.Clamp(light, 0, 255)), Width, Height);

    /// <summary>What is read on it.</summary>
    public Handwriting Read(InkTone? tone = null) => HandwritingReader.Read(Photo(), tone, "a picture");
}
