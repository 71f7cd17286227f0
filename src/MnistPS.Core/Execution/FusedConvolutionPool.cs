using System.Numerics;
using MnistPS.Layers;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A convolution and the max pool after it, run image by image. Each thread keeps the convolution's output of one image in its own cache; nothing else
/// reads it, since the pool stores the indices of its maxima.
/// </summary>
internal sealed class FusedConvolutionPool<T> : Layer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ConvolutionLayer<T> _convolution;
    private readonly MaxPool<T> _pool;

    public FusedConvolutionPool(ConvolutionLayer<T> convolution, MaxPool<T> pool)
        : base(pool.Output)
    {
        _convolution = convolution;
        _pool = pool;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Parameter<T>> Parameters => _convolution.Parameters;

    /// <inheritdoc/>
    public override long Work => _convolution.Work + _pool.Work;

    /// <inheritdoc/>
    public override int GradientRows => _convolution.GradientRows;

    /// <inheritdoc/>
    public override void Begin(Batch<T> batch) => _convolution.Begin(batch);

    /// <inheritdoc/>
    public override void Forward(Batch<T> batch, in BatchSlice slice)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            _convolution.Forward(batch, _convolution.Output.Images(image, image + 1));
            _pool.Forward(batch, Output.Images(image, image + 1));
        }
    }

    /// <inheritdoc/>
    public override void Backward(Batch<T> batch, in BatchSlice slice, int slot)
    {
        for (int image = slice.From; image < slice.To; image++)
        {
            _pool.Backward(batch, Output.Images(image, image + 1), slot);
            _convolution.Backward(batch, _convolution.Output.Images(image, image + 1), slot);
        }
    }

    /// <inheritdoc/>
    public override void AccumulateGradient(Batch<T> batch, int from, int to) => _convolution.AccumulateGradient(batch, from, to);
}
