using System.Management.Automation;
using MnistPS.Formats;

namespace MnistPS.Commands;

/// <summary>Loads a data set: MNIST or another of its family from the cache or a mirror, files, or synthetic digits.</summary>
[Cmdlet(VerbsCommon.Get, "MnistDataset", HelpUri = OnlineHelp.Folder + "Get-MnistDataset.md", DefaultParameterSetName = DownloadSet)]
[OutputType(typeof(MnistDataset))]
public sealed class GetMnistDatasetCommand : DownloadCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string SyntheticSet = "Synthetic";

    // MNIST's count.
    private const int SyntheticTrainingCount = 60000;
    private const int SyntheticTestCount = 10000;

    /// <summary>The collection to load, or that of the files. Synthetic digits are of none, which the engine would not say.</summary>
    [Parameter]
    [EnumName]
    public MnistFamily? Name { get; set; }

    /// <summary>The number of training images to take from the beginning; all by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? TrainingCount { get; set; }

    /// <summary>The number of test images to take from the beginning; all by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? TestCount { get; set; }

    /// <summary>Downloads the files even if they are cached.</summary>
    [Parameter(ParameterSetName = DownloadSet)]
    public SwitchParameter Force { get; set; }

    /// <summary>Folders or files with a data set, in the formats of Export-MnistDataset; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>The paths, without wildcards.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP", "FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Draws synthetic digits.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SyntheticSet)]
    public SwitchParameter Synthetic { get; set; }

    /// <summary>The seed of synthetic digits.</summary>
    [Parameter(ParameterSetName = SyntheticSet)]
    [Number<ulong>]
    public ulong? Seed { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                ForEachPath(Path, isLiteral: false, Read);
                break;
            case LiteralPathSet:
                ForEachPath(LiteralPath, isLiteral: true, Read);
                break;
            default:
                Do(() =>
                {
                    RefuseBoth(nameof(Name), Name is not null, nameof(Synthetic), Synthetic);
                    Load(Synthetic ? DrawAsync : DownloadAsync);
                });
                break;
        }
    }

    /// <inheritdoc/>
    private protected override MnistFamily? Family => Name;

    private void Read(string path)
        => Load(async () => (await DatasetImport.LoadAsync(path, WriteWarning, Cancellation, Name, WriteVerbose)).Take(TrainingCount, TestCount));

    private void Load(Func<Task<MnistDataset>> load) => WriteObject(Run(load));

    private Task<MnistDataset> DownloadAsync() => FromCacheAsync(async cache => (await cache.LoadAsync(Force, this, Cancellation)).Take(TrainingCount, TestCount));

    private Task<MnistDataset> DrawAsync()
    {
        int trainingCount = TrainingCount ?? SyntheticTrainingCount;
        int testCount = TestCount ?? SyntheticTestCount;
        MnistDataset.CheckCount(trainingCount, SyntheticTrainingCount, "-TrainingCount");
        MnistDataset.CheckCount(testCount, SyntheticTestCount, "-TestCount");
        return Task.Run(() => SyntheticDigits.DrawDataset(Seed ?? 0, trainingCount, testCount, Cancellation));
    }
}
