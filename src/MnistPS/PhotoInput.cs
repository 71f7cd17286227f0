using MnistPS.Photos;

namespace MnistPS;

/// <summary>Makes images of pictures, as MNIST's are made.</summary>
/// <param name="tone">Whether the ink is dark or light, or null if that is to be found.</param>
/// <param name="warn">Receives what should be said of a picture.</param>
/// <param name="tell">Receives what was found on it.</param>
internal sealed class PhotoInput(InkTone? tone, Action<string> warn, Action<string> tell)
{
    /// <summary>The image of a file.</summary>
    /// <exception cref="MnistException">It cannot be read, or nothing is written on it.</exception>
    public MnistImage ReadFile(string path, int index, int? label)
        => Read(PictureReader.Read(path, ImagingContext.Decoder), path, path, index, label);

    /// <summary>The image of a file's bytes, or of grey values in two dimensions.</summary>
    /// <exception cref="MnistException">They are neither (<c>NotAPicture</c>), cannot be read, or nothing is written there.</exception>
    public MnistImage Read(Array input, int index, int? label)
    {
        string name = string.Format(Messages.Culture, Messages.PictureOfInput, index);
        if (GreyValues.TryRead(input, out GreyValues grey))
        {
            PictureBounds.Check(grey.Width, grey.Height, name);
            return Read(Photo.OfGrey(grey.Values, grey.Width, grey.Height), name, null, index, label);
        }

        byte[] file = input as byte[] ?? (input.Rank == 1 && input.Cast<object?>().All(item => item.Unwrap() is byte)
            ? [.. input.Cast<object?>().Select(item => (byte)item.Unwrap()!)]
            : throw new MnistException("NotAPicture", Fault.InvalidData, string.Format(Messages.Culture, Messages.NotPictureBytes, input.GetType()), input));
        return Read(PictureReader.Read(file, name, ImagingContext.Decoder), name, null, index, label);
    }

    private MnistImage Read(Picture picture, string name, string? path, int index, int? label)
    {
        if (picture.FrameCount > 1)
        {
            warn(string.Format(Messages.Culture, Messages.AnimatedPicture, name, picture.FrameCount));
        }

        return Read(Photo.Of(picture), name, path, index, label);
    }

    private MnistImage Read(Photo photo, string name, string? path, int index, int? label)
    {
        Handwriting found = HandwritingReader.Read(photo, tone, name);
        Box box = found.Group.Box;
        ImageSource source = new(
            path, (int)(box.Left * photo.Scale), (int)(box.Top * photo.Scale), (int)Math.Ceiling(box.Width * photo.Scale), (int)Math.Ceiling(box.Height * photo.Scale));
        tell(string.Format(Messages.Culture, Messages.InkFound,
            name, found.Ink.Tone, found.Ink.Channel, found.Ink.Level.Ink * 100 / byte.MaxValue, found.Ink.RuleCount, source));
        if (found.DigitCount > 1)
        {
            warn(string.Format(Messages.Culture, Messages.SeveralDigits, name, found.DigitCount));
        }

        return new MnistImage(found.Pixels, index, label) { Source = source };
    }
}
