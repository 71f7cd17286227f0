using Microsoft.ML.OnnxRuntime;

namespace MnistPS.Tests;

/// <summary>ONNX Runtime, which reads images by a model.</summary>
internal sealed class Runtime(string path) : IDisposable
{
    private readonly InferenceSession _session = new(path);

    /// <summary>What one of the outputs says of some images, (images, 10).</summary>
    public double[][] Read(ImageSet images, string output, int atOnce = 500, float scale = 255)
    {
        (string input, NodeMetadata about) = _session.InputMetadata.Single();
        bool isGrey = about.ElementDataType == Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.UInt8;
        List<double[]> rows = [];
        for (int first = 0; first < images.Count; first += atOnce)
        {
            int count = Math.Min(atOnce, images.Count - first);
            byte[] grey = [.. Enumerable.Range(first, count).SelectMany(i => images.PixelsOf(i).ToArray())];
            float[] numbers = [.. grey.Select(value => value / scale)];
            long[] shape = [count, .. about.Dimensions.Skip(1).Select(size => (long)size)];
            using RunOptions options = new();
            using OrtValue image = isGrey ? OrtValue.CreateTensorValueFromMemory(grey, shape) : OrtValue.CreateTensorValueFromMemory(numbers, shape);
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(options, [input], [image], [output]);
            float[] all = outputs[0].GetTensorDataAsSpan<float>().ToArray();
            rows.AddRange(all.Chunk(10).Select(row => row.Select(number => (double)number).ToArray()));
        }

        return [.. rows];
    }

    public void Dispose() => _session.Dispose();
}
