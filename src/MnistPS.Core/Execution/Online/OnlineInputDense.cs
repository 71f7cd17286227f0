using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A dense layer on pixels, trained by plain gradient descent after each single image. Updating the weights each time would move those of all nonzero
/// pixels between the caches three times an image. Instead the products of a block of images are computed together, with the weights W before the block;
/// image j then adds the delayed updates of the images before it, x_j · (W + Σ x_iᵀ · δ_i) = x_j · W + Σ (x_j · x_i) · δ_i. At the end of the block W is
/// updated by all of them and multiplied by the next block, in one pass through the caches: enough work for a thread a panel, if others are idle. Source
/// of the idea: delayed updates, McDaniel et al., J. Chem. Phys. 147, 174107 (2017).
/// </summary>
internal sealed unsafe class OnlineInputDense<T> : InputDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Longer blocks share a pass over the weights among more images, but have more pairs of images.
    private const int MaximumLength = 40;

    private readonly SparseImages<T> _images = new(MaximumLength);

    // The images of a block as a matrix, (784, images).
    private readonly Buffer<T> _transposed = new(Pixels * PairStride);

    // Unless images are shuffled, blocks are the same in each epoch: they are then cached by their first image.
    private readonly Dictionary<int, Block> _cachedBlocks = [];
    private Block _block = new();

    // The products with W, and each image's update of the units: δ, both (images, units).
    private readonly Buffer<T> _products;
    private readonly Buffer<T> _deltas;

    private readonly Workers _workers;
    private readonly Action<int, int> _move;
    private Kernels<T> _kernels = null!;
    private int _blockLength;
    private int _nextLength;
    private int _image;

    public OnlineInputDense(int outputs, bool hasBias, Workers workers)
        : base(outputs, hasBias, capacity: 1, withGradients: true)
    {
        _workers = workers;
        _move = Move;
        _products = new Buffer<T>(MaximumLength * Output.ImageStride);
        _deltas = new Buffer<T>(MaximumLength * Output.ImageStride);
    }

    private static int PairStride => Buffer<T>.Pad(MaximumLength);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Begin(Batch<T> batch)
    {
        _image++;
        if (_image >= _blockLength)
        {
            BeginBlock(batch);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Forward(Batch<T> batch, int from, int to, int panel)
    {
        int start = Units.Start(panel);
        int count = Units.UnitCount(panel);
        int stride = Output.ImageStride;
        T* output = Output.Values(0) + start;
        batch.Kernels.Combine(
            _block.Pairs.Pointer + _image * PairStride, _deltas.Pointer + start, stride, _image, count, output,
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
        if (_blockLength > 0)
        {
            Move(0);
            _blockLength = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginBlock(Batch<T> batch)
    {
        _kernels = batch.Kernels;
        _image = 0;
        int length = Math.Min(MaximumLength, 1 + batch.Following);
        _images.Begin(batch, length);
        _images.Take(0, 0, length);
        Move(length);
        _blockLength = length;
        if (batch.IsShuffled)
        {
            FillBlock();
        }
        else if (_cachedBlocks.TryGetValue(batch.IndexOf(0), out Block? cached))
        {
            _block = cached;
        }
        else
        {
            _block = new Block();
            _cachedBlocks.Add(batch.IndexOf(0), _block);
            FillBlock();
        }

        // An image that never comes, since training ends before it, has no update.
        _deltas.Span.Clear();
    }

    /// <summary>Updates the weights by the last block, if there is one, and multiplies the images of the next by them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(int nextLength)
    {
        _nextLength = nextLength;
        _workers.For(Units.Count, Work * (_blockLength + nextLength), _move);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Move(int from, int to)
    {
        for (int panel = from; panel < to; panel++)
        {
            int start = Units.Start(panel);
            _kernels.AddTransposedAndMultiply(
                _block.ByPixel, _images.Greys.Pointer, _blockLength, _deltas.Pointer + start, Output.ImageStride,
                _images.Parts[0], _nextLength, _products.Pointer + start, Output.ImageStride,
                Weights.Target + (nint)Pixels * start, Units.Width(panel), Units.UnitCount(panel));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillBlock()
    {
        _images.Transpose(0, 0, _blockLength, _block.ByPixel);
        CsrMatrix<T> images = _images.Parts[0];
        _transposed.Span.Clear();
        for (int image = 0; image < _blockLength; image++)
        {
            uint* end = images.Entries(image) + images.Count(image);
            for (uint* entry = images.Entries(image); entry < end; entry++)
            {
                _transposed.Pointer[CsrEntry.Column(*entry) * PairStride + image] = images.Values(image)[CsrEntry.Place(*entry)];
            }
        }

        _kernels.Multiply(images, 0, _blockLength, _transposed.Pointer, PairStride, _blockLength, _block.Pairs.Pointer, PairStride, null, 0);
    }

    /// <summary>What is computed of a block of images without the layer's weights.</summary>
    private sealed class Block
    {
        /// <summary>The images by pixel.</summary>
        public ColumnMajorBytes ByPixel { get; } = new(MaximumLength, Pixels);

        /// <summary>The products of all pairs of images, (images, images).</summary>
        public Buffer<T> Pairs { get; } = new(MaximumLength * PairStride);
    }
}
