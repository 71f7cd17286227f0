using System.Runtime.InteropServices;
using MnistPS.Photos;
using SkiaSharp;

namespace MnistPS.Imaging;

/// <summary>Reads pictures with Skia's codecs. The module makes one by its name.</summary>
public sealed class PictureDecoder : IPictureDecoder
{
    private const int BytesAPixel = 4;

    /// <inheritdoc/>
    Picture IPictureDecoder.Decode(byte[] file, string name)
    {
        using SKData data = SKData.CreateCopy(file);
        using SKCodec codec = SKCodec.Create(data)
            ?? throw new MnistException("NotAPicture", Fault.InvalidData, $"'{name}' begins as a picture, and nothing after that can be decoded. {PictureFormats.WholeExpected}", name);
        SKSizeI size = codec.Info.Size;
        PictureBounds.Check(size.Width, size.Height, name);

        // JPEGs are decoded at a part of their size in less time and memory.
        int longer = Math.Max(size.Width, size.Height);
        SKSizeI scaled = longer > Photo.MostSide ? codec.GetScaledDimensions((float)Photo.MostSide / longer) : size;
        SKImageInfo info = new(scaled.Width, scaled.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul, SKColorSpace.CreateSrgb());
        byte[] pixels = GC.AllocateUninitializedArray<byte>(scaled.Width * scaled.Height * BytesAPixel, pinned: true);
        SKCodecResult result = codec.GetPixels(info, Marshal.UnsafeAddrOfPinnedArrayElement(pixels, 0));
        if (result != SKCodecResult.Success)
        {
            throw new MnistException("DamagedPicture", Fault.InvalidData,
                $"'{name}' is damaged{(result == SKCodecResult.IncompleteInput ? ": it ends in the middle of the picture" : $" ({result})")}. {PictureFormats.WholeExpected}",
                name);
        }

        return new Picture(pixels, scaled.Width, scaled.Height, (double)size.Width / scaled.Width, (int)codec.EncodedOrigin, Math.Max(codec.FrameCount, 1));
    }
}
