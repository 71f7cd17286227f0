using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Tests;

/// <summary>Random images, and small networks and trainings.</summary>
internal static class Sample
{
    /// <summary>Random images: four fifths of the pixels are zero, as in MNIST, and a bright block encodes the label.</summary>
    public static ImageSet Images(int count, int seed)
    {
        Random random = new(seed);
        byte[] pixels = new byte[count * MnistImage.PixelCount];
        byte[] labels = new byte[count];
        for (int image = 0; image < count; image++)
        {
            labels[image] = (byte)random.Next(10);
            Span<byte> target = pixels.AsSpan(image * MnistImage.PixelCount, MnistImage.PixelCount);
            foreach (ref byte pixel in target)
            {
                pixel = random.Next(5) == 0 ? (byte)random.Next(256) : (byte)0;
            }

            target.Slice(labels[image] * 78, 40).Fill(255);
        }

        return new ImageSet(pixels, labels);
    }

    public static MnistDataset Dataset(int trainingCount, int testCount, int seed = 1)
        => new("Sample", Images(trainingCount, seed), Images(testCount, seed + 1000));

    /// <summary>A network of layers in the words of <c>-Layer</c>, separated by commas, with uniform weights.</summary>
    public static MnistNetwork Network(string layers, ulong seed = 1, LossKind loss = LossKind.CrossEntropy, double labelSmoothing = 0)
        => new(
            new NetworkOptions
            {
                Layers = layers.Split(','), Loss = loss, LabelSmoothing = labelSmoothing, Initializer = Initializer.Uniform,
            }.Define(),
            seed);

    /// <summary>The tutorial's network.</summary>
    public static MnistNetwork Tutorial(ulong seed, int hiddenSize = 100) => new(new NetworkOptions { HiddenSize = [hiddenSize] }.Define(), seed);

    /// <summary>A plain training in float64 on one thread.</summary>
    public static TrainingOptions Options(int epochs = 2, int batchSize = 10) => new()
    {
        Epochs = epochs,
        BatchSize = batchSize,
        Optimizer = OptimizerKind.Sgd,
        LearningRate = 0.01,
        Schedule = LearningRateSchedule.Constant,
        Shuffle = false,
        Precision = Precision.Double,
        Threads = 1,
    };

    public static EpochMetrics[] Train(MnistNetwork network, MnistDataset dataset, TrainingOptions options)
        => [.. Trainer.Train(network, dataset, options, _ => { }, TestContext.Current.CancellationToken)];
}
