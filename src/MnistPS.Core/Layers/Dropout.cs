using System.Numerics;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Layers;

/// <summary>
/// Inverted dropout: in training each unit is dropped with a probability, the others are scaled by 1 / (1 − rate), and the gradient likewise. One value a
/// batch is drawn from the network's generator; the units' values are derived from it and from their positions, so that threads can draw them in
/// parallel. Works in place. Source: Srivastava et al., JMLR 15 (2014).
/// </summary>
internal sealed unsafe class Dropout<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly uint _threshold;
    private readonly T _scale;
    private readonly Buffer<T> _factors;
    private ulong _key;

    public Dropout(Activations<T> input, double rate, int capacity)
        : base(input)
    {
        _threshold = (uint)Math.Round(rate * uint.MaxValue);
        _scale = T.CreateTruncating(1 / (1 - rate));
        _factors = new Buffer<T>(input.HasGradients ? capacity * input.ImageStride : 0);
    }

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch)
    {
        if (batch.IsTraining)
        {
            _key = batch.Generator!.NextUInt64();
        }
    }

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        if (!batch.IsTraining)
        {
            return;
        }

        // A table and no branch, since random bits cannot be predicted.
        T* choices = stackalloc T[] { _scale, T.Zero };
        int pixels = Output.Shape.Rows * Output.Shape.Columns;
        int first = Output.Shape.IsFlat ? slice.First : 0;
        int end = Output.Shape.IsFlat ? Math.Min(slice.End, Output.Shape.Channels) : Output.Shape.Channels;
        for (int image = slice.From; image < slice.To; image++)
        {
            // A stream for each image, so that masks depend neither on threads nor on the precision; slices start at even units.
            SplitMix64 random = SplitMix64.After(SplitMix64.OutputAt(_key, (ulong)image), (ulong)first / 2);
            T* imageFactors = _factors.Pointer + (nint)image * Output.ImageStride;
            for (int pixel = 0; pixel < pixels; pixel++)
            {
                // With an odd number of units, the last value is padding.
                T* factors = imageFactors + (nint)pixel * Output.ChannelStride;
                for (int i = first; i < end; i += 2)
                {
                    ulong bits = random.Next();
                    factors[i] = choices[IsDropped((uint)bits)];
                    factors[i + 1] = choices[IsDropped((uint)(bits >> 32))];
                }
            }

            batch.Kernels.MultiplyBy(Output.Values(image) + slice.First, imageFactors + slice.First, slice.End - slice.First);
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int segment = 0; segment < slice.SegmentCount; segment++)
        {
            nint start = slice.Segment(segment);
            batch.Kernels.MultiplyBy(Output.Gradients(0) + start, _factors.Pointer + start, slice.SegmentLength);
        }
    }

    // 1 or 0: the sign of the difference.
    private long IsDropped(uint bits) => (long)((ulong)((long)bits - _threshold) >> 63);
}
