using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A dense layer on the pixels of a batch of images. In training, a narrow one is divided by halves of the images: a thread keeps the weights of the
/// upper half's pixels in its cache and multiplies them with all images, another those of the lower half; only the sums move between cores.
/// </summary>
internal sealed unsafe class BatchInputDense<T> : InputDense<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SparseImages<T> _images;
    private readonly Action<int, int> _begin;
    private readonly bool _sharesImages;
    private Batch<T> _batch = null!;
    private int _groups;

    // The images by pixel, for the gradient.
    private readonly ColumnMajorBytes? _byPixel;

    // Sums of the upper and the lower halves, for a narrow layer in training. Each core writes to its own, and only reads the other.
    private readonly Buffer<T>[] _partialSums = [];

    public BatchInputDense(int outputs, bool hasBias, int capacity, bool withGradients, bool sharesImages)
        : base(outputs, hasBias, capacity, withGradients)
    {
        _images = new SparseImages<T>(capacity, areHalved: withGradients);
        _begin = BeginPieces;
        _byPixel = withGradients ? new ColumnMajorBytes(capacity, Pixels) : null;
        _sharesImages = sharesImages;
        if (withGradients && sharesImages)
        {
            _partialSums = [new Buffer<T>(capacity * Output.ImageStride), new Buffer<T>(capacity * Output.ImageStride)];
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Begin(Batch<T> batch)
    {
        _batch = batch;
        _images.Begin(batch, batch.Count);

        // One thread per half; with more threads, each has some of the images.
        _groups = (batch.Workers.Count + 1) / 2;
        batch.Workers.For(_images.Parts.Length * _groups, Work * batch.Count, _begin);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        if (_partialSums is [Buffer<T> upper, Buffer<T> lower])
        {
            nint start = (nint)slice.From * Output.ImageStride;
            nint count = (nint)(slice.To - slice.From) * Output.ImageStride;
            batch.Kernels.Add(upper.Pointer + start, lower.Pointer + start, count, Output.Values(slice.From));
        }
        else
        {
            base.Forward(batch, slice);
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void Forward(Batch<T> batch, int from, int to, int panel)
    {
        int start = Units.Start(panel);
        T* initial = BiasValues(start);
        int initialStride = 0;
        foreach (CsrMatrix<T> images in _images.Parts)
        {
            T* output = Output.Values(from) + start;
            Multiply(images, from, to, panel, output, initial, initialStride);
            initial = output;
            initialStride = Output.ImageStride;
        }
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void AccumulateGradient(Batch<T> batch, int from, int to)
    {
        for (int piece = from; piece < to; piece++)
        {
            // Threads have panels, or of a narrow layer the halves whose weights are in their caches.
            const int Pieces = Panels<T>.Pieces;
            (int panel, int part) = _sharesImages ? (piece % Units.Count, piece / Units.Count) : (piece / Pieces, piece % Pieces);
            if (part == 0)
            {
                AccumulateBias(batch, panel);
            }

            int start = Units.Start(panel);
            int width = Units.Width(panel);
            int place = Pixels * start + FirstPixel(part) * width;
            int count = (FirstPixel(part + 1) - FirstPixel(part)) * width;
            Weights.ClearGradients(place, count);
            batch.Kernels.AddTransposed(
                _byPixel!, _images.Greys.Pointer, batch.Count, FirstPixel(part), FirstPixel(part + 1),
                Output.Gradients(0) + start, Output.ImageStride, Units.UnitCount(panel), Weights.Target + place, width);
            Weights.Move(place, count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void BeginPieces(int fromPiece, int toPiece)
    {
        for (int piece = fromPiece; piece < toPiece && !_batch.Cancellation.IsCancellationRequested; piece++)
        {
            (int part, int group) = Math.DivRem(piece, _groups);
            int from = FirstImage(group);
            int to = group + 1 < _groups ? FirstImage(group + 1) : _batch.Count;
            _images.Take(part, from, to);
            if (_byPixel is not null)
            {
                _images.Transpose(part, from, to, _byPixel);
            }

            for (int panel = 0; _partialSums.Length > 0 && panel < Units.Count; panel++)
            {
                int start = Units.Start(panel);
                T* sums = _partialSums[part].Pointer + (nint)from * Output.ImageStride + start;
                Multiply(_images.Parts[part], from, to, panel, sums, part == 0 ? BiasValues(start) : null, 0);
            }
        }

        // Eight images are transposed together.
        int FirstImage(int group) => (int)((long)_batch.Count * group / _groups) / ColumnMajorBytes.RowGroup * ColumnMajorBytes.RowGroup;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(CsrMatrix<T> images, int from, int to, int panel, T* sums, T* initial, int initialStride)
    {
        T* weights = Weights.Values + (nint)Pixels * Units.Start(panel);
        _batch.Kernels.Multiply(
            images, from, to, weights, Units.Width(panel), Units.UnitCount(panel), sums, Output.ImageStride, initial, initialStride);
    }
}
