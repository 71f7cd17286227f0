namespace MnistPS.Plots;

/// <summary>A confusion matrix as a plot.</summary>
/// <param name="Title">A heading.</param>
/// <param name="Note">A line below it.</param>
/// <param name="Counts">Images, (10) digits written by (10) digits read.</param>
internal sealed record ConfusionPlot(string Title, string Note, int[][] Counts) : Plot(Title, Note)
{
    /// <summary>The number of classes.</summary>
    public const int Classes = 10;

    /// <summary>What stands beside the rows.</summary>
    public IReadOnlyList<string> Names { get; init; } = ClassNames.Digits;

    /// <inheritdoc/>
    public override (int Width, int Height) NaturalSize => (880, 860);

    /// <summary>Creates the plot of a matrix of counts.</summary>
    /// <param name="counts">Images, (10) digits written by (10) digits read.</param>
    /// <param name="title">A heading, or null for the default.</param>
    /// <param name="names">The names of the labels, or null for the digits.</param>
    public static ConfusionPlot Of(int[][] counts, string? title, IReadOnlyList<string>? names = null)
    {
        int all = counts.Sum(row => row.Sum());
        int right = Enumerable.Range(0, Classes).Sum(digit => counts[digit][digit]);
        return new ConfusionPlot(
            title ?? "Confusion matrix",
            FormattableString.Invariant($"{right:N0} of {all:N0} images read right, accuracy {(double)right / all:0.0000}"),
            counts)
        {
            Names = [.. Enumerable.Range(0, Classes).Select(label => ClassNames.InPicture(names ?? ClassNames.Digits, label))],
        };
    }

    /// <summary>The share of a written digit's images that were read as a digit, from 0 to 1; 0 without images.</summary>
    public double Share(int written, int read)
    {
        int all = Counts[written].Sum();
        return all == 0 ? 0 : (double)Counts[written][read] / all;
    }

    /// <summary>The recall of a digit, or null if it was not written.</summary>
    public double? Recall(int digit) => Ratio(Counts[digit][digit], Counts[digit].Sum());

    /// <summary>The precision of a digit, or null if it was not read.</summary>
    public double? Precision(int digit) => Ratio(Counts[digit][digit], Counts.Sum(row => row[digit]));

    private static double? Ratio(int part, int all) => all == 0 ? null : (double)part / all;
}
