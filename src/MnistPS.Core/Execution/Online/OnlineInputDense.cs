using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A dense layer on pixels that learns by plain gradient descent after each single image. Were the weights moved each time, those of all
/// lit pixels would pass between the caches three times an image. Instead the products of a run of images are computed together, with the
/// weights W as they are before the run; image j then gets what the images before it have changed, x_j · (W + Σ x_iᵀ · δ_i) =
/// x_j · W + Σ (x_j · x_i) · δ_i, and at the end of the run W moves once by all of them and meets the next run on the same way through the
/// caches. That much is work enough for a thread a panel, if others have nothing to do.
/// Source of the idea: delayed updates, McDaniel et al., J. Chem. Phys. 147, 174107 (2017).
/// </summary>
internal sealed unsafe class OnlineInputDense<T> : InputDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Longer runs share the weights' way through the caches among more images, but have more pairs of images.
    private const int LongestRun = 40;

    private readonly SparseImages<T> _images = new(LongestRun);

    // The images of a run as a matrix, (784, images).
    private readonly Buffer<T> _transposed = new(Pixels * PairStride);

    // Unless images are shuffled, runs are the same in each epoch: they are then kept by each run's first image.
    private readonly Dictionary<int, Run> _kept = [];
    private Run _run = new();

    // The products with W, and what each image moves the units by: δ, both (images, units).
    private readonly Buffer<T> _products;
    private readonly Buffer<T> _deltas;

    private readonly Workers _workers;
    private readonly Action<int, int> _move;
    private Kernels<T> _kernels = null!;
    private int _runLength;
    private int _nextLength;
    private int _image;

    public OnlineInputDense(int outputs, bool hasBias, Workers workers)
        : base(outputs, hasBias, capacity: 1, withGradients: true)
    {
        _workers = workers;
        _move = Move;
        _products = new Buffer<T>(LongestRun * Output.ImageStride);
        _deltas = new Buffer<T>(LongestRun * Output.ImageStride);
    }

    private static int PairStride => Buffer<T>.Pad(LongestRun);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Begin(Batch<T> batch)
    {
        _image++;
        if (_image >= _runLength)
        {
            BeginRun(batch);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Forward(Batch<T> batch, int from, int to, int panel)
    {
        int start = Units.Start(panel);
        int count = Units.Numbers(panel);
        int stride = Output.ImageStride;
        T* output = Output.Values(0) + start;
        batch.Kernels.Combine(
            _run.Pairs.Pointer + _image * PairStride, _deltas.Pointer + start, stride, _image, count, output,
            _products.Pointer + _image * stride + start);
        if (Bias is not null)
        {
            batch.Kernels.Add(output, BiasValues(start), count, output);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        AccumulateBias(batch, from, to);
        int stride = Output.ImageStride;
        Unsafe.CopyBlock(_deltas.Pointer + _image * stride, Output.Gradients(0), (uint)(stride * sizeof(T)));
    }

    /// <inheritdoc/>
    public override void ApplyDelayedUpdates()
    {
        if (_runLength > 0)
        {
            Move(0);
            _runLength = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginRun(Batch<T> batch)
    {
        _kernels = batch.Kernels;
        _image = 0;
        int length = Math.Min(LongestRun, 1 + batch.Following);
        _images.Begin(batch, length);
        _images.Take(0, 0, length);
        Move(length);
        _runLength = length;
        if (batch.IsShuffled)
        {
            FillRun();
        }
        else if (_kept.TryGetValue(batch.IndexOf(0), out Run? kept))
        {
            _run = kept;
        }
        else
        {
            _run = new Run();
            _kept.Add(batch.IndexOf(0), _run);
            FillRun();
        }

        // An image that never comes, since training ends before it, moves nothing.
        _deltas.Span.Clear();
    }

    /// <summary>Moves the weights by the run that is over, if there is one, and multiplies the images of the next by them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(int nextLength)
    {
        _nextLength = nextLength;
        _workers.For(Units.Count, Work * (_runLength + nextLength), _move);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(int from, int to)
    {
        for (int panel = from; panel < to; panel++)
        {
            int start = Units.Start(panel);
            _kernels.AddTransposedAndMultiply(
                _run.ByPixel, _images.Greys.Pointer, _runLength, _deltas.Pointer + start, Output.ImageStride,
                _images.Parts[0], _nextLength, _products.Pointer + start, Output.ImageStride,
                Weights.Target + (nint)Pixels * start, Units.Width(panel), Units.Numbers(panel));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillRun()
    {
        _images.Transpose(0, 0, _runLength, _run.ByPixel);
        CsrMatrix<T> images = _images.Parts[0];
        _transposed.Span.Clear();
        for (int image = 0; image < _runLength; image++)
        {
            uint* end = images.Entries(image) + images.Count(image);
            for (uint* entry = images.Entries(image); entry < end; entry++)
            {
                _transposed.Pointer[CsrEntry.Column(*entry) * PairStride + image] = images.Values(image)[CsrEntry.Place(*entry)];
            }
        }

        _kernels.Multiply(images, 0, _runLength, _transposed.Pointer, PairStride, _runLength, _run.Pairs.Pointer, PairStride, null, 0);
    }

    /// <summary>What is known of a run of images before their layer's weights are.</summary>
    private sealed class Run
    {
        /// <summary>The images by pixel.</summary>
        public ColumnMajorBytes ByPixel { get; } = new(LongestRun, Pixels);

        /// <summary>The products of all pairs of images, (images, images).</summary>
        public Buffer<T> Pairs { get; } = new(LongestRun * PairStride);
    }
}
