using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>
/// The base of cmdlets that read data sets from the pipeline. Images with labels are collected, and become the training images of one data set at its
/// end.
/// </summary>
public abstract class DatasetCommand : MnistCommand
{
    private readonly DatasetBuilder _images = new();
    private readonly LabelledImageInput _input;
    private int _position;

    /// <summary>Creates the cmdlet.</summary>
    protected DatasetCommand() => _input = new LabelledImageInput(Messages.TrainingInput, _images.Add, WriteError);

    /// <summary>What to train on and to test with.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Dataset { get; set; } = null!;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        if (Dataset.Unwrap() is MnistDataset dataset)
        {
            Do(() => Process(dataset));
        }
        else
        {
            Do(() => _input.Read(Dataset, _position++));
        }
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        if (_images.Count > 0)
        {
            Do(() => Process(_images.Build(new DatasetOptions())));
        }
    }

    /// <summary>Processes a data set.</summary>
    protected abstract void Process(MnistDataset dataset);
}
