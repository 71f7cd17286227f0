using System.Collections;
using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>Measures how well a network reads, by predictions with labels.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "MnistPrediction", HelpUri = OnlineHelp.Folder + "Measure-MnistPrediction.md")]
[OutputType(typeof(PredictionSummary))]
public sealed class MeasureMnistPredictionCommand : MnistCommand
{
    private readonly List<Prediction> _predictions = [];

    /// <summary>The predictions.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (object? item in InputObject.Unwrap() is IList list ? list : new[] { InputObject })
        {
            switch (item.Unwrap())
            {
                case Prediction prediction:
                    _predictions.Add(prediction);
                    break;
                case MnistImage or ImageSet or MnistDataset:
                    // Terminating: once, and not for each of 10 000 images.
                    ThrowTerminatingError(ToErrorRecord(
                        new MnistException(nameof(Messages.NotAPrediction), Fault.InvalidArgument, Messages.NotAPrediction, item.Unwrap())));
                    break;
                default:
                    WriteError(ForeignObject(item, Messages.MeasureInput));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Do(() => WriteObject(PredictionSummary.Of(_predictions)));
}
