using System.Management.Automation;
using MnistPS.Formats;
using MnistPS.Photos;
using MnistPS.Plots;

namespace MnistPS;

/// <summary>Collects pipeline input for a plot. The first object decides the kind, unless the caller has given one.</summary>
/// <param name="kind">The kind of plot, or null.</param>
/// <param name="group">The property that distinguishes runs, or null.</param>
/// <param name="resolve">Resolves a user's path to one in the file system.</param>
internal sealed class PlotInput(PlotKind? kind, string? group, Func<string, string> resolve)
{
    private readonly CurveRuns _runs = new();
    private readonly List<(MnistNetwork Network, string? Name)> _networks = [];
    private readonly List<(double Rate, double Loss)> _steps = [];
    private readonly List<ReadImage> _images = [];
    private IReadOnlyList<string>? _classNames;
    private readonly int[][] _counts = [.. Enumerable.Range(0, ConfusionPlot.Classes).Select(_ => new int[ConfusionPlot.Classes])];
    private double? _suggestedRate;
    private int _imageCount;
    private int _unlabelledCount;
    private int _rejectedCount;

    /// <summary>The kind of plot, or null before the first object.</summary>
    public PlotKind? Kind { get; private set; } = kind;

    /// <summary>Whether there is no usable input.</summary>
    public bool IsEmpty { get; private set; } = true;

    /// <summary>The usable input, for messages.</summary>
    public string Expected => Kind switch
    {
        PlotKind.Curves => Messages.CurvesInput,
        PlotKind.Confusion => Messages.ConfusionInput,
        PlotKind.Weights => Messages.WeightsInput,
        PlotKind.Images => Messages.ImagesInput,
        PlotKind.LearningRate => Messages.LearningRateInput,
        _ => Messages.PlotInput,
    };

    /// <summary>Adds an object.</summary>
    /// <returns>Whether it is usable.</returns>
    /// <exception cref="MnistException">It is of a usable kind, but its content is not.</exception>
    public bool TryAdd(object? item)
    {
        PlotKind? wanted = Kind ?? KindOf(item);
        bool isTaken = wanted switch
        {
            PlotKind.Curves => TryAddCurves(item),
            PlotKind.Confusion => TryAddReading(item),
            PlotKind.Weights => TryAddWeights(item),
            PlotKind.Images => TryAddImages(item),
            PlotKind.LearningRate => TryAddStep(item),
            _ => false,
        };
        if (isTaken)
        {
            if (group is not null && wanted != PlotKind.Curves)
            {
                throw new MnistException(nameof(Messages.GroupWithoutRuns), Fault.InvalidArgument,
                    string.Format(Messages.Culture, Messages.GroupWithoutRuns, wanted), group);
            }

            Kind = wanted;
            IsEmpty = false;
        }

        return isTaken;
    }

    /// <summary>Creates the plot of all input.</summary>
    /// <param name="title">A heading, or null for the default.</param>
    /// <exception cref="MnistException">Nothing in it can be drawn.</exception>
    public Plot ToPlot(string? title)
    {
        switch (Kind)
        {
            case PlotKind.Curves:
                foreach ((MnistNetwork network, string? name) in _networks)
                {
                    string? run = name ?? (_networks.Count > 1 ? $"{network}, seed {network.Seed}" : null);
                    foreach (EpochMetrics metrics in network.History)
                    {
                        _runs.Add(run, CurvePoint.Of(metrics));
                    }
                }

                return CurvePlots.Of(_runs.ToList(), title, group);
            case PlotKind.Confusion:
                return _counts.Any(row => row.Any(count => count > 0))
                    ? ConfusionPlot.Of(_counts, title, _classNames)
                    : throw new MnistException(nameof(Messages.PredictionsWithoutLabel), Fault.InvalidData,
                        string.Format(Messages.Culture, Messages.PredictionsWithoutLabel, _unlabelledCount + _rejectedCount));
            case PlotKind.Weights:
                return WeightPlots.Of(_networks[0].Network, title);
            case PlotKind.Images:
                return ImagePlots.PhotoOf(_images) is { } path
                    ? ImagePlots.On(Photo.Of(PictureReader.Read(path, ImagingContext.Decoder)), _images, title)
                    : ImagePlots.Of(_images, _imageCount, title);
            case PlotKind.LearningRate:
                return LearningRatePlots.Of(_steps, _suggestedRate, title);
            default:
                throw new InvalidOperationException("Nothing has come.");
        }
    }

    /// <summary>What the plot leaves out, one sentence each.</summary>
    public IEnumerable<string> Warnings(Plot plot)
    {
        if (plot is LinePlot { SkippedCount: > 0 and int skipped })
        {
            yield return string.Format(Messages.Culture, Messages.NotFiniteSkipped, skipped);
        }

        if (plot is ConfusionPlot && _unlabelledCount > 0)
        {
            yield return string.Format(Messages.Culture, Messages.UnlabelledSkipped, _unlabelledCount);
        }

        if (plot is ConfusionPlot && _rejectedCount > 0)
        {
            yield return string.Format(Messages.Culture, Messages.RejectedSkipped, _rejectedCount);
        }

        if (_imageCount > _images.Count)
        {
            yield return string.Format(Messages.Culture, Messages.ImagesSkipped, _images.Count, _imageCount);
        }
    }

    private static PlotKind? KindOf(object? item) => item.Unwrap() switch
    {
        EpochMetrics or MnistNetwork or string or FileInfo => PlotKind.Curves,
        Prediction or PredictionSummary or ConfusionMatrix or ConfusedPair => PlotKind.Confusion,
        MnistImage or ImageSet or LabelIssue => PlotKind.Images,
        LearningRateSweep => PlotKind.LearningRate,
        _ => KindOfRow(item),
    };

    // A row of Import-Csv, a copy by Select-Object, or a deserialized object.
    private static PlotKind? KindOfRow(object? item)
    {
        if (item is null)
        {
            return null;
        }

        PSObject row = PSObject.AsPSObject(item);
        bool Has(string name) => row.Properties[name] is not null;
        return Has(nameof(EpochMetrics.Epoch)) ? PlotKind.Curves
            : Has(nameof(Prediction.Label)) && Has(nameof(Prediction.Expected)) ? PlotKind.Confusion
            : Has("Rate") && Has("SmoothedLoss") ? PlotKind.LearningRate
            : null;
    }

    private static object? ValueOf(PSObject row, string property) => row.Properties[property]?.Value.Unwrap();

    private bool TryAddCurves(object? item)
    {
        switch (item.Unwrap())
        {
            case EpochMetrics metrics:
                _runs.Add(NameOf(item!), CurvePoint.Of(metrics));
                return true;
            case MnistNetwork { History.Count: 0 } untrained:
                throw new MnistException(nameof(Messages.NetworkWithoutHistory), Fault.InvalidArgument,
                    string.Format(Messages.Culture, Messages.NetworkWithoutHistory, untrained), untrained);
            case MnistNetwork network:
                _networks.Add((network, NameOf(item!)));
                return true;
            case string path:
                AddFile(resolve(path));
                return true;
            case FileInfo file:
                AddFile(file.FullName);
                return true;
            default:
                return item is not null && TryAddRow(PSObject.AsPSObject(item));
        }
    }

    private bool TryAddRow(PSObject row)
    {
        try
        {
            if (CurvePoint.Of(name => ValueOf(row, name)) is not { } point)
            {
                return false;
            }

            _runs.Add(NameOf(row), point);
            return true;
        }
        catch (FormatException e)
        {
            throw new MnistException(nameof(Messages.NotMetrics), Fault.InvalidData, string.Format(Messages.Culture, Messages.NotMetrics, e.Message), row, e);
        }
    }

    private void AddFile(string path)
    {
        MetricsTable table = MetricsTable.Read(path);
        if (group is not null && !table.Columns.Contains(group, StringComparer.OrdinalIgnoreCase))
        {
            throw GroupNotFound(path, table.Columns);
        }

        // The rows of a file are one run, unless an epoch repeats. Each file is another run.
        string name = Path.GetFileNameWithoutExtension(path);
        int count = 0;
        foreach ((int line, string[] texts) in table.Rows)
        {
            try
            {
                if (CurvePoint.Of(column => table.Value(texts, column)) is { } point)
                {
                    _runs.Add(group is null ? name : table.Value(texts, group), point);
                    count++;
                }
            }
            catch (FormatException e)
            {
                throw MetricsTable.NotOne(path, $"in line {line}, {e.Message}", e);
            }
        }

        if (count == 0)
        {
            throw MetricsTable.NotOne(path, "no line has an epoch with an error or an accuracy.");
        }
    }

    private string? NameOf(object item)
    {
        if (group is null)
        {
            return null;
        }

        PSObject row = PSObject.AsPSObject(item);
        return row.Properties[group] is { } property
            ? LanguagePrimitives.ConvertTo<string>(property.Value)
            : throw GroupNotFound(item, row.Properties.Select(one => one.Name));
    }

    private MnistException GroupNotFound(object where, IEnumerable<string> there) => new(nameof(Messages.GroupNotFound), Fault.InvalidArgument,
        string.Format(Messages.Culture, Messages.GroupNotFound, where, group, string.Join(", ", there)), where);

    private bool TryAddReading(object? item)
    {
        switch (item.Unwrap())
        {
            case Prediction prediction:
                _classNames ??= prediction.ClassNames;
                Count(prediction.Expected, prediction.Label);
                return true;
            case ConfusedPair pair:
                _counts[pair.Expected][pair.Label] += pair.Count;
                return true;
            case ConfusionMatrix matrix:
                Add(matrix);
                return true;
            case PredictionSummary summary:
                Add(summary.ConfusionMatrix);
                _unlabelledCount += summary.UnlabelledCount;
                _rejectedCount += summary.RejectedCount;
                return true;
            default:
                return KindOfRow(item) == PlotKind.Confusion && TryCount(PSObject.AsPSObject(item!));
        }
    }

    private void Add(ConfusionMatrix matrix)
    {
        _classNames ??= matrix.ClassNames;
        foreach (ConfusionRow row in matrix.Rows)
        {
            for (int read = 0; read < ConfusionPlot.Classes; read++)
            {
                _counts[row.Expected][read] += row[read];
            }
        }
    }

    private bool TryCount(PSObject row)
    {
        int? read = Digit(row, nameof(Prediction.Label));
        if (read is null && !IsRejected(row))
        {
            return false;
        }

        Count(Digit(row, nameof(Prediction.Expected)), read);
        return true;
    }

    private static int? Digit(PSObject row, string name)
        => CsvNumber.TryParse(ValueOf(row, name), out double? number) && number is (null or 0 or 1 or 2 or 3 or 4 or 5 or 6 or 7 or 8 or 9)
            ? (int?)number
            : throw new MnistException(nameof(Messages.NotADigit), Fault.InvalidData,
                string.Format(Messages.Culture, Messages.NotADigit, name, ValueOf(row, name)), row);

    // In a CSV it is text.
    private static bool IsRejected(PSObject row) => bool.TryParse(ValueOf(row, nameof(Prediction.IsRejected))?.ToString(), out bool isRejected) && isRejected;

    private void Count(int? expected, int? read)
    {
        if (expected is not int written)
        {
            _unlabelledCount++;
        }
        else if (read is int digit)
        {
            _counts[written][digit]++;
        }
        else
        {
            _rejectedCount++;
        }
    }

    private bool TryAddWeights(object? item)
    {
        if (item.Unwrap() is not MnistNetwork network)
        {
            return false;
        }

        if (_networks.Count > 0)
        {
            throw new MnistException(nameof(Messages.OneNetworkAPlot), Fault.InvalidArgument, Messages.OneNetworkAPlot, network);
        }

        _networks.Add((network, null));
        return true;
    }

    private bool TryAddImages(object? item)
    {
        switch (item.Unwrap())
        {
            case MnistImage image:
                AddImage(new ReadImage(image));
                return true;
            case ImageSet { Count: > 0 } images:
                foreach (MnistImage image in images)
                {
                    AddImage(new ReadImage(image));
                }

                return true;
            case Prediction prediction:
                AddImage(new ReadImage(prediction.GetImage(), prediction.Label, prediction.IsRejected));
                return true;
            case LabelIssue issue:
                AddImage(new ReadImage(issue.GetImage(), issue.SuggestedLabel));
                return true;
            default:
                return false;
        }
    }

    private void AddImage(ReadImage image)
    {
        _imageCount++;
        if (_images.Count < TilePlot.Most)
        {
            _images.Add(image);
        }
    }

    private bool TryAddStep(object? item)
    {
        if (item.Unwrap() is LearningRateSweep sweep)
        {
            _steps.AddRange(sweep.Points.Select(point => (point.Rate, point.SmoothedLoss)));
            _suggestedRate = sweep.SuggestedRate;
            return true;
        }

        if (item is null || KindOfRow(item) != PlotKind.LearningRate)
        {
            return false;
        }

        PSObject row = PSObject.AsPSObject(item);
        if (StepNumber(row, "Rate") is not double rate || StepNumber(row, "SmoothedLoss") is not double loss)
        {
            return false;
        }

        _steps.Add((rate, loss));
        return true;
    }

    private static double? StepNumber(PSObject row, string name) => CsvNumber.TryParse(ValueOf(row, name), out double? number)
        ? number
        : throw new MnistException(nameof(Messages.NotAStep), Fault.InvalidData,
            string.Format(Messages.Culture, Messages.NotAStep, name, ValueOf(row, name)), row);
}
