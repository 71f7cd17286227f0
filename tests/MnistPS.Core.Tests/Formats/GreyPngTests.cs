using MnistPS.Formats;

namespace MnistPS.Tests;

public sealed class GreyPngTests
{
    private static readonly MnistImage _image = Sample.Images(1, 1)[0];

    [Fact]
    public void GivesBackWhatWasWritten() => Assert.Equal(_image.Pixels, GreyPng.Decode(GreyPng.Encode(_image), 28, 28));

    [Fact]
    public void EveryFlippedBitIsSeen()
    {
        byte[] whole = GreyPng.Encode(_image);
        Assert.All(Enumerable.Range(0, whole.Length), at =>
        {
            byte[] bytes = [.. whole];
            bytes[at] ^= 0x10;

            // The checksum of the end says nothing of the picture, and the file ends there.
            if (at < whole.Length - 4)
            {
                Assert.Throws<FormatException>(() => GreyPng.Decode(bytes, 28, 28));
            }
        });
    }

    [Fact]
    public void AFileThatIsCutOffIsRefused()
    {
        byte[] whole = GreyPng.Encode(_image);
        Assert.All(Enumerable.Range(0, whole.Length), length => Assert.Throws<FormatException>(() => GreyPng.Decode(whole.AsSpan(0, length), 28, 28)));
    }

    [Theory]
    [InlineData(27, 28, "has 28 by 28 pixels")]
    [InlineData(28, 27, "has 28 by 28 pixels")]
    public void AnotherSizeIsTold(int width, int height, string message)
        => Assert.Equal(message, Assert.Throws<FormatException>(() => GreyPng.Decode(GreyPng.Encode(_image), width, height)).Message);
}
