using System.Numerics;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>Max pooling of size × size windows, side by side; incomplete windows at the edges are dropped.</summary>
internal sealed unsafe class MaxPool<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Activations<T> _input;
    private readonly int _size;
    private readonly bool _leavesSome;

    // The index of each maximum in its window, so that the backward pass need not search it again.
    private readonly Buffer<T>? _places;

    public MaxPool(Activations<T> input, int size, int capacity)
        : base(new Activations<T>(
            new Shape(input.Shape.Rows / size, input.Shape.Columns / size, input.Shape.Channels), capacity, input.HasGradients))
    {
        _input = input;
        _size = size;
        _leavesSome = input.Shape.Rows % size != 0 || input.Shape.Columns % size != 0;
        _places = input.HasGradients ? new Buffer<T>(capacity * Output.ImageStride) : null;
    }

    /// <inheritdoc/>
    public override long Work => _input.Shape.Size;

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            batch.Kernels.Pool(
                _input.Values(image), _input.Shape.Columns, _input.ChannelStride, _size,
                Output.Values(image), _places is null ? null : PlacesOf(image), Output.Shape.Rows, Output.Shape.Columns);
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            if (_leavesSome)
            {
                new Span<T>(_input.Gradients(image), _input.ImageStride).Clear();
            }

            batch.Kernels.PoolBackward(
                Output.Gradients(image), PlacesOf(image), _input.Shape.Columns, _input.ChannelStride, _size,
                _input.Gradients(image), Output.Shape.Rows, Output.Shape.Columns);
        }
    }

    private T* PlacesOf(int image) => _places!.Pointer + (nint)image * Output.ImageStride;
}
