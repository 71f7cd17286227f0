using System.Management.Automation;
using MnistPS.Formats;

namespace MnistPS.Commands;

/// <summary>Reads networks from files: those that Export-MnistNetwork and Invoke-MnistTraining wrote, and weights of other programs.</summary>
[Cmdlet(VerbsData.Import, "MnistNetwork", HelpUri = OnlineHelp.Folder + "Import-MnistNetwork.md", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MnistNetwork))]
public sealed class ImportMnistNetworkCommand : MnistCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The files, which may have wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = null!;

    /// <summary>The files, by names that are taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = null!;

    /// <summary>What the layers are, where a file holds nothing but weights.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName == LiteralPathSet;
        ForEachPath(isLiteral ? LiteralPath : Path, isLiteral, file => WriteObject(NetworkFormats.Read(file, Layer, Cancellation)));
    }
}
