using System.Management.Automation;
using MnistPS.Execution;
using MnistPS.Tensors;

namespace MnistPS.Commands;

/// <summary>Predicts the digits of images and pictures, in their order.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MnistPrediction", DefaultParameterSetName = InputObjectSet, HelpUri = OnlineHelp.Folder + "Invoke-MnistPrediction.md")]
[OutputType(typeof(Prediction))]
public sealed class InvokeMnistPredictionCommand : MnistCommand
{
    private const string InputObjectSet = "InputObject";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly ImageInput _input;
    private PhotoInput? _photos;
    private Predictor? _predictor;
    private int _position;

    /// <summary>Creates the cmdlet.</summary>
    public InvokeMnistPredictionCommand() => _input = new ImageInput(
        Messages.ImageInput,
        (image, numbers, _) => WriteObject(numbers is null ? _predictor!.Add(image) : _predictor!.Add(image, numbers), enumerateCollection: true),
        WriteError);

    /// <summary>Images, arrays of 784 grey values or of 784 values from 0 to 1 (<see cref="ImageInput"/>), or picture files.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
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

    /// <summary>Picture files, which may have wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathText]
    public string[] Path { get; set; } = null!;

    /// <summary>Picture files, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string[] LiteralPath { get; set; } = null!;

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
        if (minimum > 0 && Array.FindAll(Network, network => network.Temperature is null) is { Length: > 0 } plain)
        {
            // Networks of one loss, as the predictor has found.
            WriteWarning(string.Format(Messages.Culture,
                plain[0].Loss == LossKind.CrossEntropy ? Messages.ConfidenceIsSoftmax : Messages.ConfidenceIsOutput, string.Join<MnistNetwork>("], [", plain)));
        }
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ForEachPath(Path, isLiteral: false, ReadPicture);
                break;
            case LiteralPathSet:
                ForEachPath(LiteralPath, isLiteral: true, ReadPicture);
                break;
            default:
                if (InputObject.Unwrap() is FileInfo file)
                {
                    ForEachPath([file.FullName], isLiteral: true, ReadPicture);
                }
                else
                {
                    Do(() => _input.Read(InputObject, _position++));
                }

                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(_predictor!.Flush(), enumerateCollection: true);

    private void ReadPicture(string file)
    {
        Cancellation.ThrowIfCancellationRequested();
        _photos ??= new PhotoInput(null, isSplit: false, form: null, WriteWarning, WriteVerbose);
        foreach (MnistImage image in _photos.ReadFile(file, _position++, null))
        {
            WriteObject(_predictor!.Add(image), enumerateCollection: true);
        }
    }
}
