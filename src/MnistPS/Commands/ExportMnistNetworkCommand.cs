using System.Management.Automation;
using MnistPS.Formats;

namespace MnistPS.Commands;

/// <summary>Writes a network into a file, with all that it has learned.</summary>
[Cmdlet(VerbsData.Export, "MnistNetwork", HelpUri = OnlineHelp.Folder + "Export-MnistNetwork.md")]
[OutputType(typeof(void))]
public sealed class ExportMnistNetworkCommand : MnistCommand
{
    private bool _isWritten;

    /// <summary>The file.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = null!;

    /// <summary>The network.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public MnistNetwork Network { get; set; } = null!;

    /// <summary>Replaces a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Do(() =>
    {
        if (_isWritten)
        {
            throw new MnistException(nameof(Messages.OneNetworkAFile), Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.OneNetworkAFile, Path), Network);
        }

        NetworkFile.Write(Network, Resolve(Path), Force);
        _isWritten = true;
    });
}
