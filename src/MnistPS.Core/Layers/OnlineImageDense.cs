using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// A dense layer on pixels that learns by plain gradient descent after each single image. Were the weights moved each time, those of all
/// lit pixels would pass between the caches three times an image. Instead the products of a run of images are computed together, with the
/// weights W as they are before the run; image j then gets what the images before it have changed, x_j · (W + Σ x_iᵀ · δ_i) =
/// x_j · W + Σ (x_j · x_i) · δ_i, and at the end of the run W moves once by all of them. It is too little work to share among threads.
/// Source of the idea: delayed updates, McDaniel et al., J. Chem. Phys. 147, 174107 (2017).
/// </summary>
internal sealed unsafe class OnlineImageDense<T> : ImageDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Longer runs share the weights' way through the caches among more images, but have more pairs of images.
    private const int LongestRun = 24;

    private readonly ImageLists<T> _images = new(LongestRun, withGradients: true);

    // The images of a run as a matrix, (784, images).
    private readonly Buffer<T> _transposed = new(Pixels * PairStride);

    // The products of all pairs of images of a run, (images, images). Unless images are shuffled, runs are the same in each epoch: these are
    // then kept by each run's first image.
    private readonly Buffer<T> _pairsOfShuffled = new(LongestRun * PairStride);
    private readonly Dictionary<int, Buffer<T>> _pairsKept = [];
    private Buffer<T> _pairs;

    // The products with W, and what each image moves the units by: δ, both (images, units).
    private readonly Buffer<T> _products;
    private readonly Buffer<T> _deltas;

    private Kernels<T> _kernels = null!;
    private int _runLength;
    private int _image;

    public OnlineImageDense(int outputs, bool hasBias)
        : base(outputs, hasBias, capacity: 1, withGradients: true)
    {
        _pairs = _pairsOfShuffled;
        _products = new Buffer<T>(LongestRun * Output.ImageStride);
        _deltas = new Buffer<T>(LongestRun * Output.ImageStride);
    }

    private static int PairStride => Buffer<T>.Pad(LongestRun);

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        _image++;
        if (_image >= _runLength)
        {
            Settle();
            BeginRun(batch);
        }
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in Part part)
    {
        int zero = 0;
        Operand<T> pairs = new()
        {
            Origin = _pairs.Pointer + _image * PairStride, Rows = &zero, Segments = &zero, SegmentCount = 1, SegmentLength = _image, Step = 1,
        };
        int stride = Output.ImageStride;
        batch.Kernels.Multiply(pairs, 1, _deltas.Pointer, stride, stride, Output.Values(0), stride, _products.Pointer + _image * stride, 0);
        if (Bias is not null)
        {
            batch.Kernels.Add(Output.Values(0), Bias.Values, stride);
        }
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        AccumulateBias(batch, from, to);
        int stride = Output.ImageStride;
        new ReadOnlySpan<T>(Output.Gradients(0), stride).CopyTo(_deltas.Span.Slice(_image * stride, stride));
    }

    /// <inheritdoc/>
    public override void Settle()
    {
        if (_runLength > 0)
        {
            Accumulate(_kernels, _images, _runLength, _deltas.Pointer, 0, Units.PieceCount);
            _runLength = 0;
        }
    }

    private void BeginRun(Batch<T> batch)
    {
        _kernels = batch.Kernels;
        _image = 0;
        _runLength = Math.Min(LongestRun, 1 + batch.Following);
        _images.Clear();
        _images.Require(batch, 0, _runLength, _runLength);
        Multiply(_kernels, _images, new Part(0, _runLength, 0, Output.ImageStride, Output.ImageStride), _products.Pointer, null);
        if (batch.IsShuffled)
        {
            MultiplyPairs();
        }
        else if (_pairsKept.TryGetValue(batch.IndexOf(0), out Buffer<T>? kept))
        {
            _pairs = kept;
        }
        else
        {
            _pairs = new Buffer<T>(LongestRun * PairStride);
            _pairsKept.Add(batch.IndexOf(0), _pairs);
            MultiplyPairs();
        }

        // An image that never comes, since training ends before it, moves nothing.
        _deltas.Span.Clear();
    }

    private void MultiplyPairs()
    {
        SparseMatrix<T> images = _images.ByImage;
        _transposed.Span.Clear();
        for (int image = 0; image < _runLength; image++)
        {
            ushort* pixels = images.Columns(image);
            T* values = images.Values(image);
            for (int k = 0; k < images.Counts[image]; k++)
            {
                _transposed.Pointer[pixels[k] * PairStride + image] = values[k];
            }
        }

        _kernels.Multiply(images, 0, _runLength, _transposed.Pointer, PairStride, _runLength, _pairs.Pointer, PairStride, null, 0);
    }
}
