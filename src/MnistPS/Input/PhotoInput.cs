using MnistPS.Photos;

namespace MnistPS;

/// <summary>Makes images of pictures, as MNIST's are made.</summary>
/// <param name="tone">Whether the ink is dark or light, or null if that is to be found.</param>
/// <param name="isSplit">Whether each digit of a picture becomes an image of its own.</param>
/// <param name="form">The form that the digits stand in, or null.</param>
/// <param name="warn">Receives what should be said of a picture.</param>
/// <param name="tell">Receives what was found on it.</param>
internal sealed class PhotoInput(InkTone? tone, bool isSplit, PhotoForm? form, Action<string> warn, Action<string> tell)
{
    private const int MostListedPlaces = 10;

    /// <summary>The images of a file: one, or all of its digits.</summary>
    /// <exception cref="MnistException">It cannot be read, or nothing is written on it.</exception>
    public IReadOnlyList<MnistImage> ReadFile(string path, int index, int? label)
        => Read(PictureReader.Read(path, ImagingContext.Decoder), path, path, index, label);

    /// <summary>The images of a file's bytes, or of grey values in two dimensions.</summary>
    /// <param name="input">The array.</param>
    /// <param name="number">Its number among the objects that came in, from 1, for messages.</param>
    /// <param name="index">The index of its first image.</param>
    /// <param name="label">The digit that was written, or null.</param>
    /// <exception cref="MnistException">They are neither (<c>NotAPicture</c>), cannot be read, or nothing is written there.</exception>
    public IReadOnlyList<MnistImage> Read(Array input, int number, int index, int? label)
    {
        string name = string.Format(Messages.Culture, Messages.PictureOfInput, number);
        if (GreyValues.TryRead(input, name, out GreyValues grey))
        {
            PictureBounds.Check(grey.Width, grey.Height, name);
            return Read(Photo.OfGrey(grey.Values, grey.Width, grey.Height), name, null, index, label);
        }

        byte[] file = input as byte[] ?? (input.Rank == 1 && input.Cast<object?>().All(item => item.Unwrap() is byte)
            ? [.. input.Cast<object?>().Select(item => (byte)item.Unwrap()!)]
            : throw new MnistException("NotAPicture", Fault.InvalidData, string.Format(Messages.Culture, Messages.NotPictureBytes, name, input.GetType()), input));
        return Read(PictureReader.Read(file, name, ImagingContext.Decoder), name, null, index, label);
    }

    private IReadOnlyList<MnistImage> Read(Picture picture, string name, string? path, int index, int? label)
    {
        if (picture.FrameCount > 1)
        {
            warn(string.Format(Messages.Culture, Messages.AnimatedPicture, name, picture.FrameCount));
        }

        return Read(Photo.Of(picture), name, path, index, label);
    }

    private IReadOnlyList<MnistImage> Read(Photo photo, string name, string? path, int index, int? label)
    {
        IReadOnlyList<Handwriting> found = isSplit ? HandwritingReader.ReadAll(photo, tone, form, name) : [HandwritingReader.Read(photo, tone, name)];
        Ink ink = found[0].Ink;
        tell(string.Format(Messages.Culture, Messages.InkFound,
            name, ink.Tone, ink.Channel == Channel.Grey ? "the grey image" : $"the {ink.Channel.ToString().ToLowerInvariant()} channel", ink.Level.Ink * 100 / byte.MaxValue, ink.RuleCount, isSplit ? $"{found.Count} digits" : SourceOf(found[0], photo, path)));
        if (form is not null)
        {
            WarnOfCells(found.Where(digit => digit.DigitCount > 1), Messages.SeveralDigitsInCells, name);
            WarnOfCells(found.Where(digit => digit.Group.IsAcrossCells), Messages.DigitsAcrossCells, name);
        }
        else if (found[0].DigitCount > 1)
        {
            warn(string.Format(Messages.Culture, Messages.SeveralDigits, name, found[0].DigitCount));
        }
        else if (!isSplit && !found[0].MayBeDigit)
        {
            warn(string.Format(Messages.Culture, Messages.NotLikeDigit, name));
        }
        else if (!isSplit && found[0].Group.Components.Any(component => BorderCut.Crosses(component, ink.Contrast)))
        {
            warn(string.Format(Messages.Culture, Messages.CutDigit, name));
        }

        if (isSplit && DigitSplit.LeftOut(ink) is { Count: > 0 } cut)
        {
            string[] places = [.. cut.Select(digit => $"({(int)(digit.Box.Left * photo.Scale)}, {(int)(digit.Box.Top * photo.Scale)})")];
            warn(string.Format(Messages.Culture, Messages.CutDigitsLeftOut, name, places.Length, Listed(places)));
        }

        if (ink.IsFainter)
        {
            warn(string.Format(Messages.Culture, Messages.FainterInk, name, ink.Tone == InkTone.Dark ? InkTone.Light : InkTone.Dark, ink.Tone));
        }

        return [.. found.Select((digit, i) => new MnistImage(digit.Pixels, index + i, label) { Source = SourceOf(digit, photo, path) })];
    }

    private void WarnOfCells(IEnumerable<Handwriting> digits, string message, string name)
    {
        string[] cells = [.. digits.Select(digit => $"{digit.Row},{digit.Column}")];
        if (cells.Length > 0)
        {
            warn(string.Format(Messages.Culture, message, name, cells.Length, Listed(cells)));
        }
    }

    private static string Listed(string[] places) => string.Join(' ', places.Take(MostListedPlaces)) + (places.Length > MostListedPlaces ? " …" : "");

    private static ImageSource SourceOf(Handwriting digit, Photo photo, string? path)
    {
        Box box = digit.Group.Box;
        return new ImageSource(
            path, (int)(box.Left * photo.Scale), (int)(box.Top * photo.Scale), (int)Math.Ceiling(box.Width * photo.Scale), (int)Math.Ceiling(box.Height * photo.Scale))
        {
            Row = digit.Row,
            Column = digit.Column,
        };
    }
}
