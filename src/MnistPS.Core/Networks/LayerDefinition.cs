using MnistPS.Layers;
using MnistPS.Tensors;

namespace MnistPS.Networks;

/// <summary>A layer of a network, without values: its name, output shape and parameters.</summary>
internal abstract record LayerDefinition
{
    /// <summary>The output shape for an input shape, or null if it does not fit.</summary>
    public abstract Shape? OutputOf(Shape input);

    /// <summary>The most values that the layer holds for an image: its output, or its padded input.</summary>
    public virtual long ValuesFor(Shape input) => OutputOf(input)?.Size ?? 0;

    /// <summary>The parameters, in the order in which they are drawn.</summary>
    public virtual IReadOnlyList<ParameterDefinition> ParametersFor(Shape input) => [];

    /// <summary>Whether a constant added to an input channel, or unit, adds a constant to the output, the same in all images.</summary>
    public virtual bool KeepsShifts => false;

    /// <summary>The same layer with the tutorial's quirks: no bias, the derivative of its output, dropout whose gradient is not scaled.</summary>
    public virtual LayerDefinition InTutorial => this;

    /// <summary>The name, as in <c>-Layer</c>.</summary>
    public abstract override string ToString();
}

/// <summary>A fully connected layer; an image is flattened for it.</summary>
internal sealed record DenseDefinition(int Units, bool HasBias) : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => Shape.Units(Units);

    public override IReadOnlyList<ParameterDefinition> ParametersFor(Shape input)
    {
        ParameterDefinition weights = new(ParameterRole.Weights, [input.Size, Units], input.Size, Units);
        return HasBias ? [weights, ParameterDefinition.OfChannels(ParameterRole.Bias, Units)] : [weights];
    }

    public override bool KeepsShifts => true;

    public override LayerDefinition InTutorial => this with { HasBias = false };

    public override string ToString() => $"dense {Units}";
}

/// <summary>A convolution of stride 1, valid or of the same size as its input.</summary>
internal sealed record ConvolutionDefinition(int Filters, int Kernel, bool IsSame) : LayerDefinition
{
    public override Shape? OutputOf(Shape input)
    {
        int less = IsSame ? 0 : Kernel - 1;
        return input.Rows > less && input.Columns > less ? new Shape(input.Rows - less, input.Columns - less, Filters) : null;
    }

    public override long ValuesFor(Shape input)
    {
        long border = IsSame ? Kernel - 1 : 0;
        return Math.Max(base.ValuesFor(input), (input.Rows + border) * (input.Columns + border) * input.Channels);
    }

    public override IReadOnlyList<ParameterDefinition> ParametersFor(Shape input) =>
    [
        new(ParameterRole.Weights, [Filters, input.Channels, Kernel, Kernel], input.Channels * Kernel * Kernel, Filters * Kernel * Kernel),
        ParameterDefinition.OfChannels(ParameterRole.Bias, Filters),
    ];

    // With padding, the zeros at the border stay zero.
    public override bool KeepsShifts => !IsSame || Kernel == 1;

    public override string ToString() => $"conv {Filters}x{Kernel}{(IsSame ? " same" : "")}";
}

/// <summary>Max pooling, windows side by side.</summary>
internal sealed record PoolDefinition(int Size) : LayerDefinition
{
    public override Shape? OutputOf(Shape input)
        => input.Rows >= Size && input.Columns >= Size ? new Shape(input.Rows / Size, input.Columns / Size, input.Channels) : null;

    public override bool KeepsShifts => true;

    public override string ToString() => $"pool {Size}";
}

/// <summary>An elementwise activation.</summary>
/// <param name="Function">The function.</param>
/// <param name="DerivativeOfOutput">The tutorial's quirk: the derivative is taken of the output, and so it is always 1.</param>
/// <param name="Slope">The slope of a leaky ReLU below 0, from 0 to 1.</param>
internal sealed record ActivationDefinition(
    Activation Function, bool DerivativeOfOutput = false, double Slope = ActivationDefinition.DefaultSlope) : LayerDefinition
{
    /// <summary>The slope of a leaky ReLU without a number, that of PyTorch and ONNX.</summary>
    public const double DefaultSlope = 0.01;

    public override Shape? OutputOf(Shape input) => input;

    public override LayerDefinition InTutorial => this with { DerivativeOfOutput = true };

    public override string ToString() => Function switch
    {
        Activation.Relu => "relu",
        Activation.LeakyRelu => Slope == DefaultSlope ? "leakyrelu" : FormattableString.Invariant($"leakyrelu {Slope}"),
        Activation.Tanh => "tanh",
        _ => "sigmoid",
    };
}

/// <summary>Dropout.</summary>
/// <param name="Rate">The fraction of units that are dropped.</param>
/// <param name="IsTutorial">The tutorial's quirk: the gradient passes the mask without the factor 1 / (1 − rate).</param>
internal sealed record DropoutDefinition(double Rate, bool IsTutorial = false) : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => input;

    public override LayerDefinition InTutorial => this with { IsTutorial = true };

    public override string ToString() => FormattableString.Invariant($"dropout {Rate}");
}

/// <summary>Batch normalisation.</summary>
internal sealed record BatchNormalizationDefinition : LayerDefinition
{
    public override Shape? OutputOf(Shape input) => input;

    public override IReadOnlyList<ParameterDefinition> ParametersFor(Shape input) =>
    [
        ParameterDefinition.OfChannels(ParameterRole.Scale, input.Channels),
        ParameterDefinition.OfChannels(ParameterRole.Shift, input.Channels),
        ParameterDefinition.OfChannels(ParameterRole.RunningMean, input.Channels),
        ParameterDefinition.OfChannels(ParameterRole.RunningVariance, input.Channels),
    ];

    public override string ToString() => "batchnorm";
}
