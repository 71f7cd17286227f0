using System.Management.Automation;
using System.Security.Cryptography;
using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Tensors;

namespace MnistPS.Commands;

/// <summary>Makes a network: the tutorial's, a preset, hidden layers of some size, or layers of one's own.</summary>
[Cmdlet(VerbsCommon.New, "MnistNetwork", HelpUri = OnlineHelp.Folder + "New-MnistNetwork.md")]
[OutputType(typeof(MnistNetwork))]
public sealed class NewMnistNetworkCommand : MnistCommand
{
    /// <summary>A network that is known to do well.</summary>
    [Parameter(Position = 0)]
    [EnumName]
    public NetworkPreset? Preset { get; set; }

    /// <summary>All layers, a string each.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerCompleter))]
    [AllowEmptyCollection]
    [AllowNull]
    public string[]? Layer { get; set; }

    /// <summary>Units of each hidden layer.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [Numbers<int>]
    public int[]? HiddenSize { get; set; }

    /// <summary>What follows each hidden layer.</summary>
    [Parameter]
    [EnumName]
    public Activation? Activation { get; set; }

    /// <summary>The share of hidden units that training drops.</summary>
    [Parameter]
    [Number<double>]
    public double? DropoutRate { get; set; }

    /// <summary>Whether each hidden layer is normalised.</summary>
    [Parameter]
    public SwitchParameter BatchNormalization { get; set; }

    /// <summary>What the outputs are measured by.</summary>
    [Parameter]
    [EnumName]
    public LossKind? Loss { get; set; }

    /// <summary>The share of a target that is spread over all classes.</summary>
    [Parameter]
    [Number<double>]
    public double? LabelSmoothing { get; set; }

    /// <summary>How weights are drawn.</summary>
    [Parameter]
    [EnumName]
    public Initializer? Initializer { get; set; }

    /// <summary>The range of uniform weights.</summary>
    [Parameter]
    [Number<double>]
    public double? WeightRange { get; set; }

    /// <summary>The seed of all that is random; drawn if it is not given.</summary>
    [Parameter]
    [Number<ulong>]
    public ulong? Seed { get; set; }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        NetworkOptions options = new()
        {
            Preset = Preset,
            Layers = MyInvocation.BoundParameters.ContainsKey(nameof(Layer)) ? Layer ?? [] : null,
            HiddenSize = HiddenSize,
            Activation = Activation,
            DropoutRate = DropoutRate,
            BatchNormalization = BatchNormalization,
            Loss = Loss,
            LabelSmoothing = LabelSmoothing,
            Initializer = Initializer,
            WeightRange = WeightRange,
        };
        Do(() => WriteObject(new MnistNetwork(options.Define(), Seed ?? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue), Cancellation)));
    }
}
