using System.Numerics;
using MnistPS.Layers;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// Zero padding, so that a convolution keeps the size of its input (<c>conv NxK same</c>). Of an odd total the larger half is at the bottom and the
/// right, as in PyTorch's <c>padding='same'</c>.
/// </summary>
internal sealed unsafe class ZeroPadding<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Activations<T> _input;
    private readonly int _before;

    public ZeroPadding(Activations<T> input, int kernel, int capacity)
        : base(new Activations<T>(
            new Shape(input.Shape.Rows + kernel - 1, input.Shape.Columns + kernel - 1, input.Shape.Channels),
            capacity, input.HasGradients, input.ChannelStride == 1))
    {
        _input = input;
        _before = (kernel - 1) / 2;
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            // The border is zero from the start and never written.
            for (int row = 0; row < _input.Shape.Rows; row++)
            {
                Inner(_input.Values(image), row).CopyTo(Outer(Output.Values(image), row));
            }
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            for (int row = 0; row < _input.Shape.Rows; row++)
            {
                Outer(Output.Gradients(image), row).CopyTo(Inner(_input.Gradients(image), row));
            }
        }
    }

    private Span<T> Inner(T* image, int row) => Row(image + (nint)row * _input.Shape.Columns * _input.ChannelStride);

    private Span<T> Outer(T* image, int row)
        => Row(image + ((nint)(row + _before) * Output.Shape.Columns + _before) * Output.ChannelStride);

    private Span<T> Row(T* start) => new(start, _input.Shape.Columns * _input.ChannelStride);
}
