using System.Management.Automation;
using MnistPS.Execution;
using MnistPS.Tensors;

namespace MnistPS.Commands;

/// <summary>Predicts the digits of images, in their order.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MnistPrediction", HelpUri = OnlineHelp.Folder + "Invoke-MnistPrediction.md")]
[OutputType(typeof(Prediction))]
public sealed class InvokeMnistPredictionCommand : MnistCommand
{
    private readonly ImageInput _input;
    private Predictor? _predictor;
    private int _position;

    /// <summary>Creates the cmdlet.</summary>
    public InvokeMnistPredictionCommand() => _input = new ImageInput(
        Messages.ImageInput,
        (image, numbers, _) => WriteObject(numbers is null ? _predictor!.Add(image) : _predictor!.Add(image, numbers), enumerateCollection: true),
        WriteError);

    /// <summary>Images, or arrays of 784 grey values or of 784 values from 0 to 1 (<see cref="ImageInput"/>).</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The network, or several whose scores are averaged.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [LiveObject<MnistNetwork>]
    public MnistNetwork[] Network { get; set; } = [];

    /// <summary>The threshold of the confidence. Images below it are rejected.</summary>
    [Parameter]
    [Number<double>]
    public double? MinimumConfidence { get; set; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _predictor?.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Do(() =>
    {
        double minimum = MinimumConfidence ?? 0;
        if (!(minimum is >= 0 and <= 1))
        {
            throw new MnistException(nameof(Messages.MinimumConfidenceOutOfRange), Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.MinimumConfidenceOutOfRange, minimum), minimum);
        }

        _predictor = new Predictor(Network, Cancellation) { MinimumConfidence = minimum };
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Do(() => _input.Read(InputObject, _position));
        _position++;
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(_predictor!.Flush(), enumerateCollection: true);
}
