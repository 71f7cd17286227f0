using System.Numerics;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>Pixels as numbers, x = grey / 255, for a first layer that wants them all.</summary>
internal sealed unsafe class PixelInput<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<T> _greys = GreyScale<T>.Create();

    /// <summary>An input.</summary>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="withGradients">Whether the layers behind it hand gradients back, which nobody reads.</param>
    /// <param name="compact">Whether pixels lie side by side.</param>
    public PixelInput(int capacity, bool withGradients, bool compact)
        : base(new Activations<T>(Shape.Image, capacity, withGradients, compact))
    {
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        // In locals, since the compiler does not know that what is written leaves them alone.
        nint stride = Output.ChannelStride;
        T* greys = _greys.Pointer;
        for (int image = slice.From; image < slice.To; image++)
        {
            T* values = Output.Values(image);
            if (batch.HoldsValues)
            {
                ReadOnlySpan<double> numbers = batch.ValuesOf(image);
                for (int i = 0; i < numbers.Length; i++)
                {
                    values[i * stride] = T.CreateTruncating(numbers[i]);
                }

                continue;
            }

            ReadOnlySpan<byte> pixels = batch.PixelsOf(image);
            for (int i = 0; i < pixels.Length; i++)
            {
                values[i * stride] = greys[pixels[i]];
            }
        }
    }

    /// <summary>Nothing: the pixels do not learn.</summary>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
    }
}
