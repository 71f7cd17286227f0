using System.Numerics;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>Pixels as values, x = grey / 255, for a first layer that reads them all.</summary>
internal sealed unsafe class PixelInput<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Buffer<T> _greys = GreyScale<T>.Create();

    /// <summary>Creates a layer.</summary>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="withGradients">Whether later layers pass gradients back, which are not used.</param>
    /// <param name="compact">Whether pixels are stored without padding.</param>
    public PixelInput(int capacity, bool withGradients, bool compact)
        : base(new Activations<T>(Shape.Image, capacity, withGradients, compact))
    {
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        // Locals, since the compiler cannot rule out that the writes change the fields.
        nint stride = Output.ChannelStride;
        T* greys = _greys.Pointer;
        for (int image = slice.From; image < slice.To; image++)
        {
            T* values = Output.Values(image);
            if (batch.HoldsValues)
            {
                ReadOnlySpan<double> source = batch.ValuesOf(image);
                for (int i = 0; i < source.Length; i++)
                {
                    values[i * stride] = T.CreateTruncating(source[i]);
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

    /// <summary>Does nothing: pixels are not trained.</summary>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
    }
}
