using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>A dense layer on the pixels of a batch of images.</summary>
internal sealed unsafe class BatchImageDense<T> : ImageDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _capacity;
    private readonly ImageLists<T> _images;

    // The images by pixel, for each thread: to turn them round is less work than to fetch what another core has turned.
    private ByteColumns?[] _byPixel = [];
    private bool[] _isTurned = [];

    public BatchImageDense(int outputs, bool hasBias, int capacity, bool withGradients)
        : base(outputs, hasBias, capacity, withGradients)
    {
        _capacity = capacity;
        _images = new ImageLists<T>(capacity);
    }

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        if (_byPixel.Length < batch.Workers.Count)
        {
            _byPixel = new ByteColumns?[batch.Workers.Count];
            _isTurned = new bool[batch.Workers.Count];
        }

        _images.Take(batch, batch.Count);
        Array.Clear(_isTurned);
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part)
    {
        for (int panel = 0; panel < Units.Count; panel++)
        {
            int start = Units.Start(panel);
            if (start < part.First || start >= part.End)
            {
                continue;
            }

            int width = Units.Width(panel);
            batch.Kernels.Multiply(
                _images.ByImage, part.From, part.To, Weights.Values + (nint)Pixels * start, width, width,
                Output.Values(part.From) + start, Output.ImageStride, BiasValues == null ? null : BiasValues + start, 0);
        }
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        int thread = batch.Workers.CurrentThread;
        ByteColumns byPixel = _byPixel[thread] ??= new ByteColumns(_capacity, Pixels);
        if (!_isTurned[thread])
        {
            _isTurned[thread] = true;
            _images.Turn(batch.Count, byPixel);
        }

        AccumulateBias(batch, from, to);
        for (int piece = from; piece < to;)
        {
            (int panel, int first, int end) = Panels<T>.Next(ref piece, to);
            int start = Units.Start(panel);
            int width = Units.Width(panel);
            int place = Pixels * start + FirstPixel(first) * width;
            Weights.ClearGradients(place, (FirstPixel(end) - FirstPixel(first)) * width);
            batch.Kernels.AddTransposed(
                byPixel, _images.Greys.Pointer, batch.Count, FirstPixel(first), FirstPixel(end),
                Output.Gradients(0) + start, Output.ImageStride, width, Weights.Target + place, width);
            Weights.Move(place, (FirstPixel(end) - FirstPixel(first)) * width);
        }
    }
}
