using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>The image as values, for a first layer that reads all pixels (<see cref="PixelInput{T}"/>).</summary>
/// <param name="IsCompact">Whether pixels are stored without padding.</param>
internal sealed record PixelInputDefinition(bool IsCompact) : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => input;

    public override string ToString() => "pixels";
}

/// <summary>A dense layer on the pixels of an image (<see cref="InputDense{T}"/>).</summary>
internal sealed record InputDenseDefinition(DenseDefinition Dense) : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => Dense.OutputOf(input);

    public override IReadOnlyList<ParameterDefinition> ParametersFor(Shape input) => Dense.ParametersFor(input);

    public override string ToString() => $"{Dense} of pixels";
}

/// <summary>An image as a row of units (<see cref="Flatten{T}"/>).</summary>
internal sealed record FlattenDefinition : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => Shape.Units(input.Size);

    public override string ToString() => "flatten";
}

/// <summary>Zero padding (<see cref="ZeroPadding{T}"/>).</summary>
/// <param name="Kernel">The side of the filters.</param>
internal sealed record ZeroPaddingDefinition(int Kernel) : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => new Shape(input.Rows + Kernel - 1, input.Columns + Kernel - 1, input.Channels);

    public override string ToString() => $"pad {Kernel - 1}";
}

/// <summary>A valid convolution and the max pool after it, image by image (<see cref="FusedConvolutionPool{T}"/>).</summary>
internal sealed record FusedConvolutionPoolDefinition(ConvolutionDefinition Convolution, PoolDefinition Pool) : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => Convolution.OutputOf(input) is Shape filtered ? Pool.OutputOf(filtered) : null;

    public override IReadOnlyList<ParameterDefinition> ParametersFor(Shape input) => Convolution.ParametersFor(input);

    public override string ToString() => $"{Convolution} + {Pool}";
}

/// <summary>A copy of the activations (<see cref="Copy{T}"/>).</summary>
internal sealed record CopyDefinition : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => input;

    public override string ToString() => "copy";
}
