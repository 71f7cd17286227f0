using System.Management.Automation;
using MnistPS.Formats;

namespace MnistPS.Commands;

/// <summary>Writes a network to a file.</summary>
[Cmdlet(VerbsData.Export, "MnistNetwork", HelpUri = OnlineHelp.Folder + "Export-MnistNetwork.md", SupportsShouldProcess = true)]
[OutputType(typeof(void))]
public sealed class ExportMnistNetworkCommand : MnistCommand
{
    private bool _isWritten;

    /// <summary>The file, without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string Path { get; set; } = null!;

    /// <summary>The network.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [LiveObject<MnistNetwork>]
    public MnistNetwork Network { get; set; } = null!;

    /// <summary>Replaces an existing file.</summary>
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

        string path = Resolve(Path);
        if (ShouldProcess(path, string.Format(Messages.Culture, Messages.WriteNetwork, Network)))
        {
            NetworkFiles.Write(Network, path, Force, Cancellation);
            if (Network.Temperature is not null && NetworkFormats.OfEnding(path) != NetworkFormat.Safetensors)
            {
                WriteWarning(string.Format(Messages.Culture, Messages.CalibrationNotInFile, Path));
            }
        }

        _isWritten = true;
    });
}
