using System.Management.Automation;
using System.Security.Cryptography;
using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Tensors;

namespace MnistPS.Commands;

/// <summary>Creates a network: the tutorial's, a preset, hidden layers of given sizes, or given layers.</summary>
[Cmdlet(VerbsCommon.New, "MnistNetwork", HelpUri = OnlineHelp.Folder + "New-MnistNetwork.md")]
[OutputType(typeof(MnistNetwork))]
public sealed class NewMnistNetworkCommand : MnistCommand
{
    /// <summary>A preset.</summary>
    [Parameter(Position = 0)]
    [EnumName]
    public NetworkPreset? Preset { get; set; }

    /// <summary>All layers, one string each, or several in a string with commas between them.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerCompleter))]
    [AllowEmptyCollection]
    [AllowNull]
    public string[]? Layer
    {
        get;

        // Null is an empty list, which is refused. A string may hold several layers, as the text of a network does.
        set => field = [.. (value ?? []).SelectMany(text => (text ?? "").Split(", "))];
    }

    /// <summary>The units of each hidden layer.</summary>
    [Parameter]
    [AllowEmptyCollection]
    [Numbers<int>]
    public int[]? HiddenSize { get; set; }

    /// <summary>The activation of each hidden layer.</summary>
    [Parameter]
    [EnumName]
    public Activation? Activation { get; set; }

    /// <summary>The dropout rate of hidden layers.</summary>
    [Parameter]
    [Number<double>]
    public double? DropoutRate { get; set; }

    /// <summary>Adds batch normalization to each hidden layer.</summary>
    [Parameter]
    public SwitchParameter BatchNormalization { get; set; }

    /// <summary>The loss.</summary>
    [Parameter]
    [EnumName]
    public LossKind? Loss { get; set; }

    /// <summary>The share of a target that is spread over all classes.</summary>
    [Parameter]
    [Number<double>]
    public double? LabelSmoothing { get; set; }

    /// <summary>The initialization of the weights.</summary>
    [Parameter]
    [EnumName]
    public Initializer? Initializer { get; set; }

    /// <summary>The range of uniform weights.</summary>
    [Parameter]
    [Number<double>]
    public double? WeightRange { get; set; }

    /// <summary>The seed of the random numbers; random by default.</summary>
    [Parameter]
    [Number<ulong>]
    public ulong? Seed { get; set; }

    /// <summary>The options of the network.</summary>
    internal NetworkOptions Options() => new()
    {
        Preset = Preset,
        Layers = Layer,
        HiddenSize = HiddenSize,
        Activation = Activation,
        DropoutRate = DropoutRate,
        BatchNormalization = BatchNormalization,
        Loss = Loss,
        LabelSmoothing = LabelSmoothing,
        Initializer = Initializer,
        WeightRange = WeightRange,
    };

    /// <inheritdoc/>
    protected override void EndProcessing()
        => Do(() => WriteObject(new MnistNetwork(Options().Define(), Seed ?? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue), Cancellation)));
}
