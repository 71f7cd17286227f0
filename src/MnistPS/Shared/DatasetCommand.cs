using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>The base of cmdlets that take whole data sets from the pipeline.</summary>
public abstract class DatasetCommand : MnistCommand
{
    /// <summary>The data set.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public object Dataset { get; set; } = null!;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        object? input = Dataset.Unwrap();
        switch (input)
        {
            case MnistDataset dataset:
                Do(() => Process(dataset));
                break;
            case MnistImage or ImageSet:
                // Terminating: once, and not for each of 60 000 images.
                ThrowTerminatingError(ToErrorRecord(new MnistException(
                    nameof(Messages.NotADataset), Fault.InvalidArgument, string.Format(Messages.Culture, Messages.NotADataset, MyInvocation.MyCommand.Name), input)));
                break;
            default:
                WriteError(ForeignObject(Dataset, Messages.TrainingInput));
                break;
        }
    }

    /// <summary>Processes a data set.</summary>
    protected abstract void Process(MnistDataset dataset);
}
