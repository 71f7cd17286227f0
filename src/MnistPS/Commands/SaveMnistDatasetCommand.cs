using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>Saves the four files of MNIST in a folder, for machines without a connection.</summary>
[Cmdlet(VerbsData.Save, "MnistDataset", HelpUri = OnlineHelp.Folder + "Save-MnistDataset.md", DefaultParameterSetName = DownloadSet, SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class SaveMnistDatasetCommand : DownloadCommand
{
    /// <summary>The folder, without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string Path { get; set; } = null!;

    /// <summary>The collection; MNIST by default.</summary>
    [Parameter]
    [EnumName]
    public MnistFamily? Name { get; set; }

    /// <summary>Saves into a folder that has files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the folder.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override MnistFamily? Family => Name;

    /// <inheritdoc/>
    protected override void ProcessRecord() => Do(() =>
    {
        string path = Resolve(Path);
        if (ShouldProcess(path, Messages.SaveDataset))
        {
            Run(() => FromCacheAsync(cache => cache.SaveAsync(path, Force, this, Cancellation)));
            if (PassThru)
            {
                WriteObject(new DirectoryInfo(path));
            }
        }
    });
}
