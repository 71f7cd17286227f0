using MnistPS.Execution;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Measures;

/// <summary>
/// Finds labels that are probably wrong by confident learning: Northcutt, Jiang and Chuang, "Confident Learning: Estimating Uncertainty in Dataset
/// Labels", arXiv:1911.00068. Networks score images that they were not trained on. An image counts for a digit if its score reaches the mean score of the
/// images with that label; if it counts for another digit than its label, the label is in doubt.
/// </summary>
internal sealed class LabelAudit
{
    private readonly ImageSet _images;
    private readonly string _name;
    private readonly NetworkDefinition _definition;
    private readonly int _foldCount;
    private readonly int? _epochs;
    private readonly ulong _seed;
    private readonly Action<int, TrainingProgress> _progress;
    private readonly CancellationToken _cancellation;

    /// <summary>Creates an audit of the labels of a data set's training images.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="definition">The network to train on each fold.</param>
    /// <param name="foldCount">Folds; each is scored by a network trained on the others.</param>
    /// <param name="epochs">Epochs per fold, or null for the network's default.</param>
    /// <param name="seed">The seed of the folds and of the networks.</param>
    /// <param name="progress">Receives the fold and its training's progress, on the calling thread.</param>
    /// <param name="cancellation">Cancels the audit.</param>
    /// <exception cref="MnistException">There are fewer than two images a fold, or fewer than two folds (<c>FoldCountOutOfRange</c>).</exception>
    public LabelAudit(
        MnistDataset dataset,
        NetworkDefinition definition,
        int foldCount,
        int? epochs,
        ulong seed,
        Action<int, TrainingProgress> progress,
        CancellationToken cancellation)
    {
        int most = dataset.Training.Count / 2;
        if (foldCount < 2 || foldCount > most)
        {
            throw new MnistException("FoldCountOutOfRange", Fault.InvalidArgument, most < 2
                ? $"The data set has {dataset.Training.Count} training images; 4 or more were expected, so that there are two parts to train on in turn."
                : $"-FoldCount is {foldCount}; 2 to {most} were expected, half of the {dataset.Training.Count} training images.", foldCount);
        }

        _images = dataset.Training;
        _name = dataset.Name;
        _definition = definition;
        _foldCount = foldCount;
        _epochs = epochs;
        _seed = seed;
        _progress = progress;
        _cancellation = cancellation;
    }

    /// <summary>The images whose labels are in doubt, most likely wrong first; null if cancelled.</summary>
    /// <exception cref="MnistException">Epochs out of range, or a training that diverges.</exception>
    public LabelIssue[]? Find()
    {
        double[]?[] scores = new double[_images.Count][];
        int[] folds = Folds();
        for (int fold = 0; fold < _foldCount; fold++)
        {
            if (!Read(fold, folds, scores))
            {
                return null;
            }
        }

        return Issues(_images, scores!);
    }

    /// <summary>The labels in doubt, by scores of networks that have not seen the images.</summary>
    /// <param name="images">The images with their labels.</param>
    /// <param name="scores">Ten scores per image.</param>
    public static LabelIssue[] Issues(ImageSet images, double[][] scores)
    {
        double[] thresholds = Thresholds(images, scores);
        List<LabelIssue> issues = [];
        for (int i = 0; i < scores.Length; i++)
        {
            int given = images.LabelOf(i);
            int confident = Confident(scores[i], thresholds);
            if (confident >= 0 && confident != given)
            {
                // The margin to the best other digit, as cleanlab's normalized_margin.
                int suggested = Best(scores[i], except: given);
                issues.Add(new LabelIssue(images[i], suggested, scores[i][given] - scores[i][suggested]));
            }
        }

        return [.. issues.OrderBy(issue => issue.Margin)];
    }

    /// <summary>The mean score of the images of each label; infinite for a label without images.</summary>
    private static double[] Thresholds(ImageSet images, double[][] scores)
    {
        double[] sums = new double[ConfusionMatrix.Digits];
        int[] counts = new int[ConfusionMatrix.Digits];
        for (int i = 0; i < scores.Length; i++)
        {
            int label = images.LabelOf(i);
            sums[label] += scores[i][label];
            counts[label]++;
        }

        return [.. sums.Zip(counts, (sum, count) => count > 0 ? sum / count : double.PositiveInfinity)];
    }

    /// <summary>The digit for which an image counts, the one with the largest score if several, or −1.</summary>
    private static int Confident(double[] scores, double[] thresholds)
    {
        int best = -1;
        for (int digit = 0; digit < scores.Length; digit++)
        {
            if (scores[digit] >= thresholds[digit] && (best < 0 || scores[digit] > scores[best]))
            {
                best = digit;
            }
        }

        return best;
    }

    private static int Best(double[] scores, int except)
    {
        int best = except == 0 ? 1 : 0;
        for (int digit = best + 1; digit < scores.Length; digit++)
        {
            best = digit != except && scores[digit] > scores[best] ? digit : best;
        }

        return best;
    }

    /// <summary>The fold of each image: at random, and stratified by label.</summary>
    private int[] Folds()
    {
        int[] folds = new int[_images.Count];
        int next = 0;
        foreach (int i in new NumPyGenerator(_seed).Permutation(_images.Count).OrderBy(i => _images.LabelOf(i)))
        {
            folds[i] = next++ % _foldCount;
        }

        return folds;
    }

    /// <summary>Trains a network on all folds but one, and scores that one.</summary>
    /// <returns>Whether it finished and was not cancelled.</returns>
    private bool Read(int fold, int[] folds, double[]?[] scores)
    {
        int[] all = [.. Enumerable.Range(0, _images.Count)];
        ImageSet trained = _images.Pick(Array.FindAll(all, i => folds[i] != fold));

        // The tests of the epochs are not used.
        MnistDataset dataset = new(_name, trained, new ImageSet([], []));
        MnistNetwork network = new(_definition, _seed + (ulong)fold);
        TrainingOptions own = TrainingOptions.For(network);
        TrainingOptions options = own with { Epochs = _epochs ?? own.Epochs, BatchSize = Math.Min(own.BatchSize, trained.Count) };
        foreach (EpochMetrics _ in Trainer.Train(network, dataset, options, progress => _progress(fold, progress), _cancellation))
        {
        }

        if (_cancellation.IsCancellationRequested)
        {
            return false;
        }

        int[] held = Array.FindAll(all, i => folds[i] == fold);
        using Predictor predictor = new(network, _cancellation);
        int read = 0;
        foreach (int i in held)
        {
            if (_cancellation.IsCancellationRequested)
            {
                return false;
            }

            Keep(predictor.Add(_images[i]));
        }

        Keep(predictor.Flush());
        return true;

        void Keep(IEnumerable<Prediction> predictions)
        {
            foreach (Prediction prediction in predictions)
            {
                scores[held[read++]] = [.. prediction.Scores];
            }
        }
    }
}
