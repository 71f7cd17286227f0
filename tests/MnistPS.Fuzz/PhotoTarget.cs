using MnistPS.Photos;

namespace MnistPS.Fuzz;

/// <summary>
/// A decoded picture: a byte for the width, a byte for orientation, tone and scale, and red, green, blue and alpha of each pixel. It is read as one digit,
/// as several digits and as a form.
/// </summary>
public sealed class PhotoTarget : FuzzTarget
{
    private const int HeaderLength = 2;
    private const int BytesPerPixel = 4;
    private const int MostSide = 255;

    private static readonly PhotoForm _form = new(2, 3);

    /// <inheritdoc/>
    public override string Name => "photo";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound()
    {
        ImageSet digits = SyntheticDigits.Draw(3, 1);
        foreach (bool isLight in (bool[])[false, true])
        {
            yield return Write([digits[0]], 3, isLight);
            yield return Write([digits[1], digits[2]], 4, isLight);
        }
    }

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        if (input.Length < HeaderLength)
        {
            return false;
        }

        int width = Math.Clamp((int)input[0], 1, MostSide);
        int height = Math.Min((input.Length - HeaderLength) / (BytesPerPixel * width), MostSide);
        PictureBounds.Check(width, height, Name);
        byte[] pixels = input[HeaderLength..(HeaderLength + (BytesPerPixel * width * height))];
        Photo photo = Photo.Of(new Picture(pixels, width, height, Scale: 1, Origin: input[1] & 15, FrameCount: 1));
        InkTone? tone = (input[1] >> 4) switch { 1 => InkTone.Dark, 2 => InkTone.Light, _ => null };
        Check(HandwritingReader.ReadAll(photo, tone, _form, Name), photo);
        Check(HandwritingReader.ReadAll(photo, tone, null, Name), photo);
        Check([HandwritingReader.Read(photo, tone, Name)], photo);
        return true;
    }

    private static void Check(IReadOnlyList<Handwriting> found, Photo photo)
    {
        foreach (Handwriting digit in found)
        {
            Box box = digit.Group.Box;
            Require(digit.Pixels.Length == MnistImage.PixelCount, "A digit has not as many pixels as an image.");
            Require(digit.Pixels.Any(value => value > 0), "An image of a digit is empty.");
            Require(box.Left >= 0 && box.Top >= 0 && box.Right <= photo.Width && box.Bottom <= photo.Height && box.Width > 0 && box.Height > 0, "A digit is outside of the photo.");
        }
    }

    /// <summary>Digits side by side, on light or on dark paper.</summary>
    private static byte[] Write(MnistImage[] digits, int scale, bool isLight)
    {
        int side = MnistImage.Side * scale;
        int width = side * digits.Length;
        byte[] input = new byte[HeaderLength + (BytesPerPixel * width * side)];
        input[0] = (byte)width;
        input[1] = 1;
        for (int i = 0; i < width * side; i++)
        {
            byte ink = digits[i % width / side][i / width / scale, i % width % side / scale];
            Span<byte> pixel = input.AsSpan(HeaderLength + (BytesPerPixel * i), BytesPerPixel);
            pixel.Fill(isLight ? ink : (byte)~ink);
            pixel[^1] = byte.MaxValue;
        }

        return input;
    }
}
