using System.Diagnostics;
using Google.Protobuf;
using Microsoft.ML.OnnxRuntime;
using MnistPS.Onnx;

namespace MnistPS.Benchmarks;

/// <summary>Inference of the test images by ONNX Runtime, from float inputs to outputs, in batches.</summary>
internal sealed class OnnxReading : Entrant
{
    private static readonly string[] _inputs = [OnnxWriter.InputName];
    private static readonly string[] _outputs = [OnnxWriter.LogitsName];

    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly List<OrtValue[]> _batches = [];
    private readonly float[][] _scores;
    private readonly List<OrtValue[]> _results = [];

    public OnnxReading(BenchmarkData data, MnistNetwork network, int batchSize, int threads)
    {
        Threads = threads;
        using SessionOptions options = new() { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
        _session = new InferenceSession(OnnxWriter.Write(network, network.State, CancellationToken.None).ToByteArray(), options);
        ImageSet images = data.Dataset.Test;
        int batchCount = (images.Count + batchSize - 1) / batchSize;
        _scores = new float[batchCount][];
        for (int batch = 0; batch < batchCount; batch++)
        {
            int first = batch * batchSize;
            int count = Math.Min(batchSize, images.Count - first);
            float[] numbers = new float[count * MnistImage.PixelCount];
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = images.PixelsOf(first + i / MnistImage.PixelCount)[i % MnistImage.PixelCount] / 255f;
            }

            _scores[batch] = new float[count * 10];
            _batches.Add([OrtValue.CreateTensorValueFromMemory(numbers, [count, 1, MnistImage.Side, MnistImage.Side])]);
            _results.Add([OrtValue.CreateTensorValueFromMemory(_scores[batch], [count, 10])]);
        }
    }

    /// <inheritdoc/>
    public override string Name => $"ONNX Runtime {OrtEnv.Instance().GetVersionString()}, {Own.Count(Threads)}";

    /// <inheritdoc/>
    public override int Threads { get; }

    /// <inheritdoc/>
    public override double Run()
    {
        long start = Stopwatch.GetTimestamp();
        for (int batch = 0; batch < _batches.Count; batch++)
        {
            _session.Run(_options, _inputs, _batches[batch], _outputs, _results[batch]);
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Checks that its outputs equal the project's.</summary>
    public void CheckAgainst(Reading own)
    {
        const double Tolerance = 1e-4;
        const int Count = 100;
        Run();
        double[][] expected = own.Scores(Count);
        float[] outputs = [.. _scores.SelectMany(scores => scores).Take(Count * 10)];
        for (int image = 0; image < Count; image++)
        {
            double[] exponentials = [.. outputs.Skip(image * 10).Take(10).Select(output => Math.Exp(output))];
            for (int i = 0; i < 10; i++)
            {
                double score = exponentials[i] / exponentials.Sum();
                if (!(Math.Abs(score - expected[image][i]) < Tolerance))
                {
                    throw new InvalidOperationException($"Image {image}: {Name} gives {score} for digit {i}, and the project {expected[image][i]}.");
                }
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (OrtValue value in _batches.Concat(_results).SelectMany(values => values))
        {
            value.Dispose();
        }

        _options.Dispose();
        _session.Dispose();
    }
}
