namespace MnistPS.Tests;

/// <summary>Metrics of predictions, against scikit-learn (measures.json, made by measures.py).</summary>
public sealed class PredictionSummaryTests
{
    private const double Tolerance = 1e-12;
    private static readonly MeasureCase[] _cases = Facts.Read<MeasureCase[]>("measures.json");

    public static TheoryData<string> Names => [.. _cases.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void NumbersAreThoseOfScikitLearn(string name)
    {
        MeasureCase facts = Case(name);
        PredictionSummary summary = PredictionSummary.Of(facts.Predictions());
        Assert.Equal(facts.Expected.Length, summary.Count);
        Assert.Equal(facts.Accuracy, summary.Accuracy, Tolerance);
        Assert.Equal(facts.Accuracy * facts.Expected.Length, summary.CorrectCount, 1e-9);
        AssertClose(facts.Macro, [summary.MacroPrecision, summary.MacroRecall, summary.MacroF1]);
        AssertClose(facts.Weighted, [summary.WeightedPrecision, summary.WeightedRecall, summary.WeightedF1]);
        Assert.Equal(facts.LogLoss, summary.MeanLoss!.Value, Tolerance);
        for (int digit = 0; digit < 10; digit++)
        {
            DigitSummary row = summary.Digits[digit];
            Assert.Equal(digit, row.Digit);
            AssertClose(facts.Digits[digit], [row.Count, row.Precision, row.Recall, row.F1]);
            Assert.Equal(facts.Confusion[digit], Enumerable.Range(0, 10).Select(read => summary.ConfusionMatrix[digit, read]));
            Assert.Equal(facts.Confusion[digit].Sum(), summary.ConfusionMatrix.Rows[digit].Total);
        }

        Assert.Equal(facts.Expected.Length, summary.ConfusionMatrix.Total);
    }

    [Fact]
    public void ARowOfTheMatrixHasItsNumbersByName()
    {
        MeasureCase facts = Case("all digits");
        ConfusionRow row = PredictionSummary.Of(facts.Predictions()).ConfusionMatrix.Rows[4];
        Assert.Equal<IEnumerable<int>>(
            facts.Confusion[4],
            [row.Read0, row.Read1, row.Read2, row.Read3, row.Read4, row.Read5, row.Read6, row.Read7, row.Read8, row.Read9]);
    }

    [Fact]
    public void TheMeanLossIsTheSquaredErrorWhereTheNetworkWasTrainedByIt()
    {
        MeasureCase facts = Case("all digits");
        Assert.Equal(facts.SquaredError, PredictionSummary.Of(facts.Predictions(LossKind.SquaredError)).MeanLoss!.Value, Tolerance);
    }

    [Fact]
    public void ThereIsNoMeanOfTwoLosses()
    {
        MeasureCase facts = Case("all digits");
        Assert.Null(PredictionSummary.Of([.. facts.Predictions(), .. facts.Predictions(LossKind.SquaredError)]).MeanLoss);
    }

    [Theory]
    [InlineData(LossKind.CrossEntropy)]
    [InlineData(LossKind.SquaredError)]
    public void TheMeanLossIsTheTestErrorOfTheTraining(LossKind loss)
    {
        MnistNetwork network = Sample.Network("dense 20,relu,dense 10", loss: loss);
        MnistDataset dataset = Sample.Dataset(200, 100);
        EpochMetrics metrics = Sample.Train(network, dataset, Sample.Options(epochs: 1))[0];
        using Execution.Predictor predictor = new(network);
        List<Prediction> predictions = [];
        foreach (MnistImage image in dataset.Test)
        {
            predictions.AddRange(predictor.Add(image));
        }

        predictions.AddRange(predictor.Flush());
        PredictionSummary summary = PredictionSummary.Of(predictions);
        Assert.Equal(metrics.TestError!.Value, summary.MeanLoss!.Value, Tolerance);
        Assert.Equal(metrics.TestAccuracy!.Value, summary.Accuracy, Tolerance);
    }

    [Fact]
    public void MistakesComeMostConfidentFirst()
    {
        MeasureCase facts = Case("all digits");
        Prediction[] predictions = facts.Predictions();
        IReadOnlyList<Prediction> mistakes = PredictionSummary.Of(predictions).Mistakes;
        Assert.Equal(predictions.Count(prediction => prediction.IsCorrect == false), mistakes.Count);
        Assert.All(mistakes, mistake => Assert.False(mistake.IsCorrect));
        Assert.All(mistakes.Zip(mistakes.Skip(1)), pair => Assert.True(
            pair.First.Confidence > pair.Second.Confidence || (pair.First.Confidence == pair.Second.Confidence && pair.First.Index < pair.Second.Index)));
    }

    [Fact]
    public void ConfusedPairsComeMostFirst()
    {
        MeasureCase facts = Case("all digits");
        IReadOnlyList<ConfusedPair> pairs = PredictionSummary.Of(facts.Predictions()).MostConfused;
        (int Expected, int Label, int Count)[] expected =
        [
            .. from written in Enumerable.Range(0, 10)
               from read in Enumerable.Range(0, 10)
               where written != read && facts.Confusion[written][read] > 0
               orderby facts.Confusion[written][read] descending, written, read
               select (written, read, facts.Confusion[written][read]),
        ];
        Assert.Equal(expected, pairs.Select(pair => (pair.Expected, pair.Label, pair.Count)));
    }

    [Fact]
    public void WhatHasNoLabelIsCountedApart()
    {
        MeasureCase facts = Case("all digits");
        Prediction bare = new(new MnistImage(new byte[MnistImage.PixelCount], 7, null), 3, new double[10]);
        PredictionSummary summary = PredictionSummary.Of([bare, .. facts.Predictions(), bare]);
        Assert.Equal(2, summary.UnlabelledCount);
        Assert.Equal(facts.Expected.Length, summary.Count);
        Assert.Equal(facts.Accuracy, summary.Accuracy, Tolerance);
    }

    [Fact]
    public void NothingIsRefused()
    {
        MnistException fault = Assert.Throws<MnistException>(() => PredictionSummary.Of([]));
        Assert.Equal("NothingToMeasure", fault.Id);
        Prediction bare = new(new MnistImage(new byte[MnistImage.PixelCount], 7, null), 3, new double[10]);
        fault = Assert.Throws<MnistException>(() => PredictionSummary.Of([bare]));
        Assert.Equal("NothingToMeasure", fault.Id);
        Assert.Contains("digit is known", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, 10)]
    public void TheMatrixHasTenRowsAndColumns(int expected, int read)
    {
        ConfusionMatrix matrix = PredictionSummary.Of(Case("a single one").Predictions()).ConfusionMatrix;
        Assert.Throws<ArgumentOutOfRangeException>(() => matrix[expected, read]);
    }

    private static MeasureCase Case(string name) => _cases.Single(one => one.Name == name);

    [Fact]
    public void RejectedOnesAreCountedApart()
    {
        Prediction Read(int? expected, int label, double score, double minimum)
        {
            double[] scores = new double[10];
            scores[label] = score;
            return new Prediction(new MnistImage(new byte[MnistImage.PixelCount], 0, expected), label, scores, 1, minimum);
        }

        Prediction[] predictions =
            [Read(3, 3, 0.9, 0.5), Read(3, 5, 0.8, 0.5), Read(3, 5, 0.4, 0.5), Read(4, 4, 0.4, 0.5), Read(null, 4, 0.4, 0.5), Read(null, 4, 0.9, 0.5)];
        PredictionSummary summary = PredictionSummary.Of(predictions);
        Assert.Equal((2, 2, 2), (summary.Count, summary.RejectedCount, summary.UnlabelledCount));
        Assert.Equal(0.5, summary.Coverage);
        Assert.Equal(0.5, summary.Accuracy);
        Assert.Equal(2, summary.ConfusionMatrix.Total);
        Assert.Same(predictions[1], Assert.Single(summary.Mistakes));
        Assert.Equal("1 of 2 read right, accuracy 0.5, 2 more rejected", summary.ToString());

        MnistException fault = Assert.Throws<MnistException>(() => PredictionSummary.Of(predictions[2..5]));
        Assert.Equal("NothingToMeasure", fault.Id);
        Assert.Contains("-MinimumConfidence", fault.Message, StringComparison.Ordinal);
    }

    private static void AssertClose(double[] expected, double[] actual)
        => Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, Tolerance));

    private sealed record MeasureCase(
        string Name,
        int[] Expected,
        double[][] ScoresIn1024ths,
        int[][] Confusion,
        double[][] Digits,
        double Accuracy,
        double[] Macro,
        double[] Weighted,
        double LogLoss,
        double SquaredError)
    {
        public Prediction[] Predictions(LossKind loss = LossKind.CrossEntropy)
            =>
            [
                .. Expected.Select((expected, i) =>
                {
                    double[] scores = Array.ConvertAll(ScoresIn1024ths[i], score => score / 1024);
                    MnistImage image = new(new byte[MnistImage.PixelCount], i, expected);
                    return new Prediction(image, Array.IndexOf(scores, scores.Max()), scores) { Loss = loss };
                }),
            ];
    }
}
