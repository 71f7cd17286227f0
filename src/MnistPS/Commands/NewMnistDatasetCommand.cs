using System.Management.Automation;
using System.Security.Cryptography;

namespace MnistPS.Commands;

/// <summary>Makes a data set of images with labels: a part of a set, several sets, or images of the user.</summary>
[Cmdlet(VerbsCommon.New, "MnistDataset", HelpUri = OnlineHelp.Folder + "New-MnistDataset.md")]
[OutputType(typeof(MnistDataset))]
public sealed class NewMnistDatasetCommand : MnistCommand
{
    private readonly DatasetBuilder _images = new();
    private readonly LabelledImageInput _input;
    private int _position;

    /// <summary>Creates the cmdlet.</summary>
    public NewMnistDatasetCommand() => _input = new LabelledImageInput(Messages.LabelledInput, _images.Add, WriteError);

    /// <summary>Data sets, image sets, images with labels (<see cref="LabelledImageInput"/>).</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The name of the data set.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The names of the ten labels; by default those of the images' sets.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public string[]? ClassName { get; set; }

    /// <summary>The labels of the images to take; all by default.</summary>
    [Parameter]
    [Numbers<int>]
    [ValidateNotNullOrEmpty]
    public int[]? Label { get; set; }

    /// <summary>The number of images to take from the beginning; all by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? Count { get; set; }

    /// <summary>The fraction of all images that become training images. The others become test images.</summary>
    [Parameter]
    [Number<double>]
    public double? TrainingFraction { get; set; }

    /// <summary>The test images.</summary>
    [Parameter]
    [ValidateNotNull]
    public object? Test { get; set; }

    /// <summary>Shuffles the images.</summary>
    [Parameter]
    public SwitchParameter Shuffle { get; set; }

    /// <summary>The augmentations of the training images, once.</summary>
    [Parameter]
    [EnumName(Many = true)]
    public Augmentation[]? Augment { get; set; }

    /// <summary>The seed of the shuffling and of the augmentation; random by default.</summary>
    [Parameter]
    [Number<ulong>]
    public ulong? Seed { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Do(() =>
    {
        RefuseBoth(nameof(Test), Test is not null, nameof(TrainingFraction), TrainingFraction is not null);
        if (Seed is not null && !Shuffle && Augment is not { Length: > 0 })
        {
            throw new MnistException(nameof(Messages.SeedWithoutShuffle), Fault.InvalidArgument, Messages.SeedWithoutShuffle, Seed);
        }
    });

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        object?[] items = InputObject.Unwrap() is object?[] list && Array.Exists(list, item => item.Unwrap() is MnistDataset) ? list : [InputObject];
        foreach (object? item in items)
        {
            if (item.Unwrap() is MnistDataset dataset)
            {
                _images.Add(dataset);
            }
            else
            {
                Do(() => _input.Read(item, _position));
            }
        }

        _position++;
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Do(() =>
    {
        if (Test is not null)
        {
            new LabelledImageInput(Messages.TestInput, _images.AddTest, ThrowTerminatingError, nameof(Test)).Read(Test, 0);
        }

        WriteObject(_images.Build(new DatasetOptions
        {
            Name = Name,
            ClassNames = ClassName,
            Labels = Label,
            Count = Count,
            TrainingFraction = TrainingFraction,
            Shuffle = Shuffle,
            Augmentations = Augment ?? [],
            Seed = Seed ?? (ulong)RandomNumberGenerator.GetInt32(int.MaxValue),
        }));
    });
}
