using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>Reads networks from files: of Export-MnistNetwork and Invoke-MnistTraining, ONNX models, and weights of other programs.</summary>
[Cmdlet(VerbsData.Import, "MnistNetwork", HelpUri = OnlineHelp.Folder + "Import-MnistNetwork.md", DefaultParameterSetName = PathSet)]
[OutputType(typeof(MnistNetwork))]
public sealed class ImportMnistNetworkCommand : MnistCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    /// <summary>The files; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = null!;

    /// <summary>The files, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = null!;

    /// <summary>The layers, for a file with weights alone.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayerCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Layer { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        bool isLiteral = ParameterSetName == LiteralPathSet;
        ForEachPath(isLiteral ? LiteralPath : Path, isLiteral, file => WriteObject(NetworkFiles.Read(file, Layer, Cancellation)));
    }
}
