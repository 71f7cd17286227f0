using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using MnistPS.Execution;
using MnistPS.Formats;
using MnistPS.Networks;

namespace MnistPS.Web;

/// <summary>A report on a network in one HTML file: its layers, trainings, metrics, accuracy and limits.</summary>
internal static class NetworkReport
{
    private const int WorstMistakes = 25;

    /// <summary>Writes the report.</summary>
    /// <param name="network">The network, as of its last whole epoch.</param>
    /// <param name="dataset">The data set that it was trained on.</param>
    /// <param name="predictions">Predictions of images with known digits; null for the data set's test images.</param>
    /// <param name="title">The title, as text.</param>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether an existing file may be replaced.</param>
    /// <param name="cancellation">Cancels the predictions.</param>
    /// <exception cref="MnistException">
    /// The network was never trained (<c>NetworkNotTrained</c>); no prediction is of an image with a known digit (<c>NothingToMeasure</c>); the file
    /// exists (<c>ReportFileExists</c>), or cannot be written (<c>ReportFileNotWritable</c>).
    /// </exception>
    public static void Write(
        MnistNetwork network,
        MnistDataset dataset,
        IReadOnlyCollection<Prediction>? predictions,
        string title,
        string path,
        bool replace,
        CancellationToken cancellation)
    {
        byte[] report = Encoding.UTF8.GetBytes(Create(network, dataset, predictions, title, cancellation));
        AtomicFile.Write(path, replace, FileRole.Report, file => file.Write(report));
    }

    /// <summary>Creates the report as a string.</summary>
    /// <exception cref="MnistException">
    /// The network was never trained (<c>NetworkNotTrained</c>), or there are no test images, or no prediction is of an image with a known digit
    /// (<c>NothingToMeasure</c>).
    /// </exception>
    public static string Create(
        MnistNetwork network, MnistDataset dataset, IReadOnlyCollection<Prediction>? predictions, string title, CancellationToken cancellation = default)
    {
        NetworkState state = network.State;
        if (state.History.Count == 0)
        {
            throw new MnistException("NetworkNotTrained", Fault.InvalidArgument,
                "The network was never trained, so there is nothing to report; one with a History was expected. Train it first: $data | Invoke-MnistTraining $network",
                network);
        }

        bool isTest = predictions is null;
        if (isTest && dataset.Test.Count == 0)
        {
            throw new MnistException("NothingToMeasure", Fault.InvalidArgument,
                $"The data set '{dataset.Name}' has no test images, which a report measures. Give a data set with test images, as New-MnistDataset -TrainingFraction 0.8 makes one, or predictions of other images with labels: -Prediction ($images | Invoke-MnistPrediction $network)",
                dataset);
        }

        predictions ??= Predict(network, dataset.Test, cancellation);
        PredictionSummary summary = PredictionSummary.Of(predictions);
        Prediction[] read = [.. predictions.Where(prediction => prediction.IsCorrect is not null)];
        Calibration calibration = new(read);
        (string, HtmlText)[] places =
        [
            ("figures", Figures(network, state, summary, calibration)),
            ("curves", HtmlText.Of($"{CurvesSvg.Draw(state.History)}{Epochs(state.History)}")),
            ("training", HtmlText.Of($"{Layers(network)}<h3>Settings</h3>{Settings(network, state)}<h3>Data</h3>{Data(dataset)}")),
            ("command", Unbroken(RepeatCommand.Of(network, dataset))),
            ("confusion", ConfusionTable.Draw(summary, read)),
            ("digits", Digits(summary)),
            ("mistakes", Mistakes(summary)),
            ("calibration", CalibrationPart(network, calibration)),
            ("measured", Measured(summary, isTest)),
            ("scribbles", network.Temperature is null
                ? HtmlText.Of($"It answers with a digit whatever it is shown, a scribble included, and may be sure of it.")
                : HtmlText.Of($"Most of these and most scribbles have a low confidence, and -MinimumConfidence rejects them; some do not.")),
            ("note", DataNote.Of(dataset)),
            ("versions", Versions()),
        ];
        return HtmlTemplate.Fill(
            "report.html", ["theme.css", "report.css"], ["theme.js"], title, [.. places.Select(place => (place.Item1, place.Item2.Text))]);
    }

    private static Prediction[] Predict(MnistNetwork network, ImageSet images, CancellationToken cancellation)
    {
        using Predictor predictor = new(network, cancellation);
        List<Prediction> predictions = [];
        foreach (MnistImage image in images)
        {
            predictions.AddRange(predictor.Add(image));
            cancellation.ThrowIfCancellationRequested();
        }

        predictions.AddRange(predictor.Flush());
        cancellation.ThrowIfCancellationRequested();
        return [.. predictions];
    }

    /// <summary>Text that breaks between words only, and not after the hyphen of a parameter.</summary>
    private static HtmlText Unbroken(string text) => new(string.Join('\n', text.Split('\n').Select(
        line => string.Join(' ', line.Split(' ').Select(word => HtmlText.Of($"<span>{word}</span>"))))));

    private static HtmlText Figures(MnistNetwork network, NetworkState state, PredictionSummary summary, Calibration calibration) => HtmlText.Join(
    [
        Figure($"{100 * summary.Accuracy:0.00} %", $"read right"),
        Figure($"{summary.Count - summary.CorrectCount:N0}", $"mistakes in {summary.Count:N0} images"),
        Figure($"{state.History.Count:N0}", $"{(state.History.Count == 1 ? "epoch" : "epochs")}"),
        Figure($"{network.ParameterCount:N0}", $"parameters"),
        Figure($"{calibration.ExpectedError:0.000}", $"calibration error"),
    ]);

    private static HtmlText Figure(FormattableString number, FormattableString name) => HtmlText.Of($"<div><dt>{HtmlText.Of(name)}</dt><dd>{HtmlText.Of(number)}</dd></div>");

    private static HtmlText Layers(MnistNetwork network)
    {
        HtmlText rows = HtmlText.Join(network.Layers.Select(layer => HtmlText.Of(
            $"<tr><th scope=\"row\">{layer.Layer}</th><td>{layer.OutputShape}</td><td>{layer.Parameters:N0}</td></tr>")));
        return HtmlText.Of(
            $"<table><thead><tr><th scope=\"row\">Layer</th><th scope=\"col\">Output</th><th scope=\"col\">Parameters</th></tr></thead><tbody>{rows}</tbody></table>");
    }

    private static HtmlText Settings(MnistNetwork network, NetworkState state)
    {
        NetworkDefinition definition = network.Definition;
        HtmlText runs = HtmlText.Join(state.Runs.Select((run, i) => Row(
            state.Runs.Count == 1 ? "Training" : $"Training {i + 1}",
            $"{run.Options}; {RepeatCommand.EpochsOf(state, i)} epochs were gone through, on {run.Dataset} ({run.TrainingCount:N0} images to train on, {run.TestCount:N0} to test with{(run.ValidationSetCount > 0 ? FormattableString.Invariant($", {run.ValidationSetCount:N0} of a set of their own to validate with") : "")})")));
        FormattableString initializer = definition.Initializer == Initializer.Uniform ? (FormattableString)$"Uniform, ±{definition.WeightRange}" : $"{definition.Initializer}";
        return Words(
            Row("Seed", $"{network.Seed}, of weights, dropout, shuffling and augmentation"),
            Row("Weights drawn by", initializer),
            Row("Loss", $"{network.Loss}"),
            Row("Label smoothing", $"{definition.LabelSmoothing}"),
            runs,
            Row("Time", $"{state.Runs.Select((run, i) => state.History[run.FirstEpoch + RepeatCommand.EpochsOf(state, i) - 1].Elapsed.TotalSeconds).Sum():0.0} s"));
    }

    private static HtmlText Data(MnistDataset dataset) => Words(
        Row("Set", $"{dataset.Name}, {dataset.Training.Count:N0} images to train on and {dataset.Test.Count:N0} to test with"),
        Row("SHA-256, training", $"{Digest(dataset.Training)}"),
        Row("SHA-256, test", $"{Digest(dataset.Test)}"),
        Row("", $"Each digest is of the set's grey values, image by image and row by row, and then of its labels, a byte each."));

    private static HtmlText Words(params HtmlText[] rows) => HtmlText.Of($"<table class=\"words\"><tbody>{HtmlText.Join(rows)}</tbody></table>");

    private static HtmlText Row(string name, FormattableString text) => HtmlText.Of($"<tr><th scope=\"row\">{name}</th><td>{HtmlText.Of(text)}</td></tr>");

    /// <summary>SHA-256 (FIPS 180-4) of a set's grey values and then its labels.</summary>
    private static string Digest(ImageSet images)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (int i = 0; i < images.Count; i++)
        {
            hash.AppendData(images.PixelsOf(i));
        }

        hash.AppendData([.. images.Labels]);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static HtmlText Epochs(IReadOnlyList<EpochMetrics> history)
    {
        HtmlText rows = HtmlText.Join(history.Select(metrics => HtmlText.Of(
            $"<tr><th scope=\"row\">{metrics.Epoch}</th><td>{metrics.TrainingError:0.0000}</td><td>{metrics.TrainingAccuracy:0.0000}</td><td>{metrics.ValidationError:0.0000}</td><td>{metrics.ValidationAccuracy:0.0000}</td><td>{metrics.TestError:0.0000}</td><td>{metrics.TestAccuracy:0.0000}</td></tr>")));
        return HtmlText.Of(
            $"<details><summary>The numbers</summary><table><thead><tr><th scope=\"row\">Epoch</th><th scope=\"col\">Training error</th><th scope=\"col\">accuracy</th><th scope=\"col\">Validation error</th><th scope=\"col\">accuracy</th><th scope=\"col\">Test error</th><th scope=\"col\">accuracy</th></tr></thead><tbody>{rows}</tbody></table></details>");
    }

    private static HtmlText Digits(PredictionSummary summary)
    {
        HtmlText rows = HtmlText.Join(summary.Digits.Select(row => HtmlText.Of(
            $"<tr><th scope=\"row\">{row.Name}</th><td>{row.Count:N0}</td><td>{row.Precision:0.000}</td><td>{row.Recall:0.000}</td><td>{row.F1:0.000}</td></tr>")));
        return HtmlText.Of(
            $"<table><thead><tr><th scope=\"row\">Digit</th><th scope=\"col\">Images</th><th scope=\"col\">Precision</th><th scope=\"col\">Recall</th><th scope=\"col\">F1</th></tr></thead><tbody>{rows}</tbody></table><p class=\"aside\">Precision: of what was read as it, the share that was it. Recall: of what was it, the share that was read as it. F1: their harmonic mean.</p>");
    }

    private static HtmlText Mistakes(PredictionSummary summary) => summary.Mistakes.Count == 0
        ? HtmlText.Of($"<p>There is none.</p>")
        : HtmlText.Of($"<p>{Math.Min(WorstMistakes, summary.Mistakes.Count)} of {summary.Mistakes.Count:N0}, the most confident first. Each has the scores of the digit that was read and of the one that was written.</p>{MistakeCards.Draw(summary.Mistakes.Take(WorstMistakes))}");

    private static HtmlText CalibrationPart(MnistNetwork network, Calibration calibration)
    {
        HtmlText rows = HtmlText.Join(calibration.Bins.Where(bin => bin.Count > 0).Select(bin => HtmlText.Of(
            $"<tr><th scope=\"row\">{bin.From:0.00}–{bin.To:0.00}</th><td>{bin.Count:N0}</td><td>{bin.Confidence:0.000}</td><td>{bin.Accuracy:0.000}</td></tr>")));
        FormattableString warning = network.Loss == LossKind.CrossEntropy
            ? network.Temperature is double temperature
            ? $" It is calibrated, at a temperature of {temperature:0.000}; its confidence is the probability of the digit, lowered for images that look less like a digit than 99 of 100."
            : (FormattableString)$""
            : $" This network's scores are outputs trained by squared error and no probabilities; its confidence is the output held to 0 to 1.";
        return HtmlText.Of(
            $"<p>The expected calibration error is <strong>{calibration.ExpectedError:0.0000}</strong>: on average over the images, confidence and the share that is right differ by that much, bin by bin.{HtmlText.Of(warning)}</p><div class=\"diagram\">{ReliabilitySvg.Draw(calibration)}</div><details><summary>The numbers</summary><table><thead><tr><th scope=\"row\">Confidence</th><th scope=\"col\">Images</th><th scope=\"col\">Mean confidence</th><th scope=\"col\">Share right</th></tr></thead><tbody>{rows}</tbody></table></details><p class=\"aside\">Fifteen bins; the lighter part of a bar is the gap to its confidence. Source: Guo et al., arXiv:1706.04599.</p>");
    }

    private static HtmlText Measured(PredictionSummary summary, bool isTest)
    {
        FormattableString images = isTest ? (FormattableString)$"the {summary.Count:N0} test images of the data set, which it has not learned from" : $"{summary.Count:N0} images that were handed over with their digits";
        FormattableString others = summary.UnlabelledCount > 0 ? (FormattableString)$" {summary.UnlabelledCount:N0} more had no digit to hold them against, and are not counted." : $"";
        FormattableString rejected = summary.RejectedCount > 0 ? (FormattableString)$" {summary.RejectedCount:N0} more were rejected, since their confidence was too low, and are in none of the figures." : $"";
        return HtmlText.Of(
            $"<p>{100 * summary.Accuracy:0.00} % of {HtmlText.Of(images)} are read right; the mean F1 of the digits is {summary.MacroF1:0.0000}.{HtmlText.Of(others)}{HtmlText.Of(rejected)} Digits differ: see <a href=\"#digits\">digit by digit</a>. Nothing was measured by who wrote them.</p>");
    }

    private static HtmlText Versions() => HtmlText.Of(
        $"Written on {DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} with MnistPS {typeof(NetworkReport).Assembly.GetName().Version?.ToString(3)}, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}.");
}
