using MnistPS.Numerics;

namespace MnistPS.Tests;

public sealed unsafe class NonzeroPixelsTests
{
    [Fact]
    public void AllPixelsThatAreNotZeroAreListedAndNoOthers()
    {
        ImageSet images = new([.. Sample.Images(20, 1).SelectMany(image => image.Pixels), .. new byte[784], .. Enumerable.Repeat((byte)255, 784)], new byte[22]);
        NonzeroPixels nonzero = new(images);
        Assert.All(images, image => Assert.Equal(Expected(image.Pixels), Listed(nonzero, image.Index)));
    }

    [Fact]
    public void NothingIsListedOfABlackImageOrOfNone()
    {
        Assert.Empty(Listed(new NonzeroPixels(new ImageSet(new byte[784], new byte[1])), 0));
        Assert.Null(Record.Exception(() => new NonzeroPixels(new ImageSet([], []))));
    }

    [Fact]
    public void AnImageThatIsSetAgainIsTheNewOneAndLeavesTheOthers()
    {
        ImageSet images = Sample.Images(3, 2);
        NonzeroPixels nonzero = new(2);
        nonzero.Set(0, images[0].Pixels);
        nonzero.Set(1, images[1].Pixels);
        nonzero.Set(0, images[2].Pixels);
        Assert.Equal(Expected(images[2].Pixels), Listed(nonzero, 0));
        Assert.Equal(Expected(images[1].Pixels), Listed(nonzero, 1));
    }

    [Fact]
    public void ASetIsListedOnceWithItsTargetsOrWithout()
    {
        ImageSet images = Sample.Images(3, 3);
        ImageSet withTargets = images.WithTargets(10);
        Assert.Same(images.Nonzero, images.Nonzero);
        Assert.Same(images.Nonzero, withTargets.Nonzero);
    }

    private static (int Pixel, int Grey)[] Expected(byte[] pixels)
        => [.. pixels.Select((grey, pixel) => (pixel, (int)grey)).Where(pair => pair.Item2 != 0)];

    private static (int Pixel, int Grey)[] Listed(NonzeroPixels nonzero, int image)
    {
        nonzero.Find(image, out uint* first, out uint* lower, out uint* end);
        (int Pixel, int Grey)[] upperHalf = Copy(first, lower);
        (int Pixel, int Grey)[] lowerHalf = Copy(lower, end);
        GC.KeepAlive(nonzero);
        Assert.All(upperHalf, pixel => Assert.True(pixel.Pixel < 392));
        Assert.All(lowerHalf, pixel => Assert.True(pixel.Pixel >= 392));
        return [.. upperHalf, .. lowerHalf];
    }

    private static (int Pixel, int Grey)[] Copy(uint* from, uint* to)
        => [.. new ReadOnlySpan<uint>(from, (int)(to - from)).ToArray().Select(entry => (CsrEntry.Column(entry), CsrEntry.Place(entry)))];
}
