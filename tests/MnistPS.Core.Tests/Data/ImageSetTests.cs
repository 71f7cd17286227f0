namespace MnistPS.Tests;

public sealed class ImageSetTests
{
    private readonly ImageSet _images = Sample.Images(5, 1);

    [Fact]
    public void AnImageHasItsPlaceItsLabelAndItsPixels()
    {
        MnistImage image = _images[3];
        Assert.Equal((3, _images.Labels[3]), (image.Index, image.Label));
        Assert.Equal(784, image.Pixels.Length);
        Assert.Equal(image.Pixels[27 * 28 + 5], image[27, 5]);
        Assert.Equal($"image 3: {image.Label}", image.ToString());
        var (images, pixels) = _images.Shape;
        Assert.Equal((5, 784), (images, pixels));
        Assert.Equal(new ImageSetShape(5, 784), _images.Shape);
        Assert.Equal("(5, 784)", $"{_images.Shape}");
        Assert.Equal("(5, 784)", _images.ToString());
        Assert.Equal(Enumerable.Range(0, 5), _images.Select(i => i.Index));
    }

    [Fact]
    public void ChangingACopyOfThePixelsChangesNoImage()
    {
        byte[] before = _images[0].Pixels;
        _images[0].Pixels.AsSpan().Fill(1);
        Assert.Equal(before, _images[0].Pixels);
    }

    [Fact]
    public void LabelsStayAsTheyWereChecked()
    {
        byte[] labels = [3, 4];
        ImageSet images = new(new byte[2 * 784], labels);
        labels[0] = 250;
        Assert.Equal(3, images.Labels[0]);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void APlaceOutsideIsRefused(int index) => Assert.Throws<ArgumentOutOfRangeException>(() => _images[index]);

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(28, 0)]
    [InlineData(0, -1)]
    [InlineData(0, 28)]
    public void APixelOutsideIsRefused(int row, int column) => Assert.Throws<ArgumentOutOfRangeException>(() => _images[0][row, column]);

    [Theory]
    [InlineData(784, 2)]
    [InlineData(783, 1)]
    [InlineData(0, 1)]
    public void PixelsAndLabelsMustAgree(int pixels, int labels)
        => Assert.Equal("CountMismatch", Assert.Throws<MnistException>(() => new ImageSet(new byte[pixels], new byte[labels])).Id);

    [Fact]
    public void ALabelOverNineIsNamedWithItsPlace()
    {
        MnistException fault = Assert.Throws<MnistException>(() => new ImageSet(new byte[3 * 784], [1, 9, 10]));
        Assert.Equal("LabelOutOfRange", fault.Id);
        Assert.StartsWith("Label 2 is 10;", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ASliceHasTheImagesFromItsStartOn()
    {
        ImageSet slice = _images.Slice(1, 3);
        Assert.Equal(_images.Labels.Skip(1).Take(3), slice.Labels);
        Assert.Equal(_images[3].Pixels, slice[2].Pixels);
        Assert.Same(_images, _images.Slice(0, 5));
    }
}
