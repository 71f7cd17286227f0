using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>Encodes labels as one-hot vectors, one <c>double[]</c> per label, or adds targets to a data set.</summary>
// With the labels' parameter set as default, the engine would not bind a data set from the pipeline.
[Cmdlet(VerbsData.ConvertTo, "OneHot", HelpUri = OnlineHelp.Folder + "ConvertTo-OneHot.md", DefaultParameterSetName = DatasetSet)]
[OutputType(typeof(double[]), ParameterSetName = [LabelSet])]
[OutputType(typeof(MnistDataset), ParameterSetName = [DatasetSet])]
public sealed class ConvertToOneHotCommand : MnistCommand
{
    private const string LabelSet = "Label";
    private const string DatasetSet = "Dataset";

    // Ten digits.
    private const int DefaultClassCount = 10;

    /// <summary>The labels, by value or as the property <c>Label</c> of images.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LabelSet)]
    [Numbers<int>]
    public int[] Label { get; set; } = [];

    /// <summary>The data set whose labels become the targets of its images.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ParameterSetName = DatasetSet)]
    [LiveObject<MnistDataset>]
    public MnistDataset Dataset { get; set; } = null!;

    /// <summary>The number of classes. Labels are below it.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? ClassCount { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        int classCount = ClassCount ?? DefaultClassCount;
        if (ParameterSetName == DatasetSet)
        {
            DoForOne(() => WriteObject(
                new MnistDataset(Dataset.Name, Dataset.Training.WithTargets(classCount), Dataset.Test.WithTargets(classCount))));
            return;
        }

        foreach (int label in Label)
        {
            DoForOne(() => WriteObject(OneHot.Encode(label, classCount)));
        }
    }
}
