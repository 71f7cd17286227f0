using System.Globalization;
using SkiaSharp;

namespace MnistPS.PhotoSimulator;

/// <summary>Takes photos of digits and of pages into a folder, and lists what is on them in <c>labels.csv</c>: a line a digit, in the order of reading.</summary>
/// <param name="digits">The digits.</param>
/// <param name="folder">The folder, which is there.</param>
/// <param name="seed">Decides all; photo i of an effect is the same whatever the count.</param>
internal sealed class Studio(ImageSet digits, string folder, ulong seed)
{
    private const int PageRows = 5;
    private const int PageColumns = 10;

    // From one digit of a page to the next, and by how much it is off, at most.
    private const float CellWidth = 28;
    private const float CellHeight = 34;
    private const float Jitter = 3;
    private const float SizeJitter = 0.15f;
    private const float TurnJitter = 3;
    private const float LineSlope = 2;

    // What of the photo's shorter side an image of 28 pixels takes, in the middle and off it.
    private const float UsualShare = 0.7f;
    private const float SmallestShare = 0.25f;

    private const int Attempts = 100;
    private const int PageStream = 1000;

    private readonly List<string> _lines = ["File,Effect,Index,Label,X,Y,Width,Height"];

    /// <summary>Takes photos of single digits.</summary>
    /// <param name="effect">What makes them differ from the images.</param>
    /// <param name="indices">The digits.</param>
    public void TakeDigits(PhotoEffect effect, int[] indices) => TakeAll(effect.ToString(), indices.Length, (int)effect, (int number, ref SplitMix64 random) =>
    {
        PhotoLook look = new(effect, isPage: false, ref random);
        float shorter = Math.Min(look.Width, look.Height);
        int index = indices[number];
        DigitShape shape = new(digits[index]);
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            bool isOff = effect.HasFlag(PhotoEffect.OffCentre);
            float scale = shorter / MnistImage.Side * (isOff ? SmallestShare + (UsualShare - SmallestShare) * random.NextSingle() : UsualShare);
            SKPoint centre = isOff
                ? new SKPoint((random.NextSingle() - 0.5f) * look.Width / scale, (random.NextSingle() - 0.5f) * look.Height / scale)
                : SKPoint.Empty;
            PlacedDigit[] sheet = [new(shape, index, digits.LabelOf(index), SKMatrix.CreateTranslation(centre.X - shape.Box.MidX, centre.Y - shape.Box.MidY))];
            if (Camera.Boxes(sheet, look, scale) is { } boxes)
            {
                return (sheet, look, scale, boxes);
            }
        }

        throw new InvalidOperationException($"Digit {index} has no room in the photo.");
    });

    /// <summary>Takes photos of pages, five rows of ten digits.</summary>
    /// <param name="count">How many.</param>
    public void TakePages(int count) => TakeAll("Page", count, PageStream, (int number, ref SplitMix64 random) =>
    {
        PhotoLook look = new(PhotoEffect.All, isPage: true, ref random);
        List<PlacedDigit> sheet = [];
        float slope = LineSlope * (2 * random.NextSingle() - 1);
        for (int i = 0; i < PageRows * PageColumns; i++)
        {
            int index = random.NextBelow(digits.Count);
            float Off(float most, ref SplitMix64 generator) => most * (2 * generator.NextSingle() - 1);
            float size = 1 + Off(SizeJitter, ref random);
            float x = (i % PageColumns - (PageColumns - 1) / 2f) * CellWidth + Off(Jitter, ref random);
            float y = (i / PageColumns - (PageRows - 1) / 2f) * CellHeight + Off(Jitter, ref random);
            DigitShape shape = new(digits[index]);
            SKMatrix place = SKMatrix.CreateTranslation(-shape.Box.MidX, -shape.Box.MidY)
                .PostConcat(SKMatrix.CreateScale(size, size))
                .PostConcat(SKMatrix.CreateRotationDegrees(Off(TurnJitter, ref random)))
                .PostConcat(SKMatrix.CreateTranslation(x, y))
                .PostConcat(SKMatrix.CreateRotationDegrees(slope));
            sheet.Add(new PlacedDigit(shape, index, digits.LabelOf(index), place));
        }

        // As large as the view lets it be.
        float scale = look.Width / (PageColumns * CellWidth);
        SKRect[]? boxes;
        while ((boxes = Camera.Boxes(sheet, look, scale)) is null)
        {
            scale *= 0.95f;
        }

        return (sheet, look, scale, boxes);
    });

    /// <summary>Writes the list.</summary>
    public void WriteLabels() => File.WriteAllLines(Path.Combine(folder, "labels.csv"), _lines);

    private delegate (IReadOnlyList<PlacedDigit> Sheet, PhotoLook Look, float Scale, SKRect[] Boxes) Arrange(int number, ref SplitMix64 random);

    private void TakeAll(string name, int count, int stream, Arrange arrange)
    {
        string[][] lines = new string[count][];
        ulong own = SplitMix64.OutputAt(seed, (ulong)stream);
        Parallel.For(0, count, number =>
        {
            SplitMix64 random = new(SplitMix64.OutputAt(own, (ulong)number));
            (IReadOnlyList<PlacedDigit> sheet, PhotoLook look, float scale, SKRect[] boxes) = arrange(number, ref random);
            string file = string.Create(CultureInfo.InvariantCulture, $"{name}-{number:0000}.jpg");
            File.WriteAllBytes(Path.Combine(folder, file), Camera.Take(sheet, look, scale));
            lines[number] =
            [
                .. sheet.Zip(boxes, (digit, box) => FormattableString.Invariant(
                    $"{file},{name},{digit.Index},{digit.Label},{box.Left:0},{box.Top:0},{box.Width:0},{box.Height:0}")),
            ];
            foreach (PlacedDigit digit in sheet)
            {
                digit.Shape.Dispose();
            }
        });
        _lines.AddRange(lines.SelectMany(line => line));
    }
}
