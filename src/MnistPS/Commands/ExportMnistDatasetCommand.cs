using System.Management.Automation;
using MnistPS.Formats;

namespace MnistPS.Commands;

/// <summary>Writes a data set into a folder, as IDX files, npz, CSV or pictures.</summary>
[Cmdlet(VerbsData.Export, "MnistDataset", HelpUri = OnlineHelp.Folder + "Export-MnistDataset.md", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportMnistDatasetCommand : DatasetCommand
{
    private bool _isWritten;

    /// <summary>The folder. There is no wildcard for a folder to be, so it is taken as it stands.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string Path { get; set; } = null!;

    /// <summary>What the files are.</summary>
    [Parameter]
    [EnumName]
    public DatasetFormat Format { get; set; }

    /// <summary>Puts the files into a folder that has some already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands out the folder.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Process(MnistDataset dataset)
    {
        if (_isWritten)
        {
            throw new MnistException(nameof(Messages.OneDatasetAFolder), Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.OneDatasetAFolder, Path), dataset);
        }

        string path = Resolve(Path);
        _isWritten = true;
        if (ShouldProcess(path, string.Format(Messages.Culture, Messages.WriteDataset, dataset, Format)))
        {
            DatasetExport.Write(dataset, path, Format, Force, Cancellation);
            if (PassThru)
            {
                WriteObject(new DirectoryInfo(path));
            }
        }
    }
}
