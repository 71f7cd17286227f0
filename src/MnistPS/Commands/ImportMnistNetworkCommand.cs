using System.Management.Automation;
using MnistPS.Formats;

namespace MnistPS.Commands;

/// <summary>Reads a network from a file that Export-MnistNetwork wrote.</summary>
[Cmdlet(VerbsData.Import, "MnistNetwork", HelpUri = OnlineHelp.Folder + "Import-MnistNetwork.md")]
[OutputType(typeof(MnistNetwork))]
public sealed class ImportMnistNetworkCommand : MnistCommand
{
    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord() => DoForOne(() => WriteObject(NetworkFile.Read(Resolve(Path))));
}
