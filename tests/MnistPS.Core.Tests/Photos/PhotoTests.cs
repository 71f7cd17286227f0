using System.Text;
using MnistPS.Photos;

namespace MnistPS.Tests;

public class PhotoTests
{
    // Upright: 3 wide and 2 high.
    private static readonly byte[] _upright = [10, 20, 30, 40, 50, 60];

    [Theory]
    [InlineData(1, 3, new byte[] { 10, 20, 30, 40, 50, 60 })]
    [InlineData(2, 3, new byte[] { 30, 20, 10, 60, 50, 40 })]
    [InlineData(3, 3, new byte[] { 60, 50, 40, 30, 20, 10 })]
    [InlineData(4, 3, new byte[] { 40, 50, 60, 10, 20, 30 })]
    [InlineData(5, 2, new byte[] { 10, 40, 20, 50, 30, 60 })]
    [InlineData(6, 2, new byte[] { 30, 60, 20, 50, 10, 40 })]
    [InlineData(7, 2, new byte[] { 60, 30, 50, 20, 40, 10 })]
    [InlineData(8, 2, new byte[] { 40, 10, 50, 20, 60, 30 })]
    public void AllEightOrientationsAreTurnedUpright(int origin, int width, byte[] stored)
    {
        Photo photo = Photo.Of(new Picture(Grey(stored), width, 6 / width, Scale: 1, origin, FrameCount: 1));
        Assert.Equal((3, 2), (photo.Width, photo.Height));
        Assert.Equal(_upright, photo.Channel(Channel.Grey).Values);
    }

    [Fact]
    public void WhatIsTransparentIsTheOppositeOfInkAlone()
    {
        byte[] pixels = new byte[4 * 100];
        pixels[3] = 255;
        Assert.Equal([0, 255, 255], Photo.Of(new Picture(pixels, 10, 10, 1, 1, 1)).Channel(Channel.Grey).Values[..3]);
        pixels[0] = pixels[1] = pixels[2] = 255;
        Assert.Equal([255, 0, 0], Photo.Of(new Picture(pixels, 10, 10, 1, 1, 1)).Channel(Channel.Grey).Values[..3]);
    }

    [Fact]
    public void WhatIsTransparentIsPaperWhereThereIsPaper()
    {
        byte[] pixels = Grey([.. Enumerable.Repeat((byte)200, 100)]);
        pixels[3] = 0;
        Assert.Equal(200, Photo.Of(new Picture(pixels, 10, 10, 1, 1, 1)).Channel(Channel.Grey).Values[0]);
    }

    [Fact]
    public void ALargePictureIsMadeSmallerByItsMeans()
    {
        byte[] values = new byte[4000 * 10];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (byte)(i % 2 == 0 ? 100 : 200);
        }

        Photo photo = Photo.OfGrey(values, 4000, 10);
        Assert.Equal((2000, 5, 2.0), (photo.Width, photo.Height, photo.Scale));
        Assert.All(photo.Channel(Channel.Red).Values, value => Assert.Equal(150, value));
    }

    [Theory]
    [InlineData(2048, 1)]
    [InlineData(2300, 1)]
    [InlineData(3000, 2)]
    [InlineData(5200, 3)]
    public void APictureIsMadeSmallerWhereItIsMuchTooLarge(int width, int scale)
        => Assert.Equal((width / scale, (double)scale), (Photo.OfGrey(new byte[width * 10], width, 10).Width, Photo.OfGrey(new byte[width * 10], width, 10).Scale));

    [Fact]
    public void TheColourAroundAPixelIsThatOfItsNeighbours()
    {
        Photo photo = Photo.OfGrey(_upright, 3, 2);
        Assert.Equal((35f, 35f, 35f), photo.Around(1, 0));
        Assert.Equal((30f, 30f, 30f), photo.Around(0, 1));
    }

    [Theory]
    [InlineData(1, 1, "PictureTooSmall")]
    [InlineData(7, 400, "PictureTooSmall")]
    [InlineData(30_000, 30_000, "PictureTooLarge")]
    [InlineData(20_001, 100, "PictureTooLarge")]
    [InlineData(15_000, 15_000, "PictureTooLarge")]
    public void SizesOutOfBoundsAreRefused(int width, int height, string id)
    {
        MnistException fault = Assert.Throws<MnistException>(() => PictureBounds.Check(width, height, "a.png"));
        Assert.Equal((id, "a.png"), (fault.Id, fault.Target));
        Assert.Contains($"{width} by {height}", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0", "a HEIC photo", "Most Compatible")]
    [InlineData("\0\0\0\u0018ftypmif1\0\0\0\0", "a HEIC photo", "magick photo.heic photo.jpg")]
    [InlineData("\0\0\0\u001cftypavif\0\0\0\0", "an AVIF picture", "magick photo.avif photo.jpg")]
    [InlineData("II*\0\x08\0\0\0", "a TIFF picture", "magick scan.tif scan.png")]
    [InlineData("MM\0*\0\0\0\x08", "a TIFF picture", "magick scan.tif scan.png")]
    [InlineData("II+\0\x08\0\0\0", "a TIFF picture", "magick scan.tif scan.png")]
    [InlineData("MM\0+\0\x08\0\0", "a TIFF picture", "magick scan.tif scan.png")]
    [InlineData("%PDF-1.7\n", "a PDF document", "pdftoppm -r 300 -png scan.pdf scan")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "an SVG drawing", "magick -density 300 drawing.svg drawing.png")]
    [InlineData("<?xml version=\"1.0\"?>\n<!-- Created with Inkscape -->\n<svg", "an SVG drawing", "export it as PNG")]
    public void FormatsThatCannotBeReadAreRecognised(string beginning, string format, string conversion)
    {
        MnistException fault = Assert.Throws<MnistException>(() => PictureFormats.Check(Encoding.Latin1.GetBytes(beginning), "photo.x"));
        Assert.Equal(("PictureNotSupported", "photo.x"), (fault.Id, fault.Target));
        Assert.StartsWith($"'photo.x' is {format}", fault.Message, StringComparison.Ordinal);
        Assert.Contains("PNG, JPEG, WebP, BMP or GIF was expected.", fault.Message, StringComparison.Ordinal);
        Assert.Contains(conversion, fault.Message, StringComparison.Ordinal);
    }

    /// <summary>A film has the container of HEIC, and a web page may show an SVG only later.</summary>
    [Theory]
    [InlineData("\0\0\0\u0018ftypisom\0\0\0\0")]
    [InlineData("<html><body>Log in</body></html>")]
    [InlineData("II")]
    public void WhatIsNoPictureIsNotCalledOne(string beginning)
        => Assert.Equal("NotAPicture", Assert.Throws<MnistException>(() => PictureFormats.Check(Encoding.Latin1.GetBytes(beginning), "a.png")).Id);

    private static byte[] Grey(byte[] values) => [.. values.SelectMany(value => new byte[] { value, value, value, 255 })];
}
