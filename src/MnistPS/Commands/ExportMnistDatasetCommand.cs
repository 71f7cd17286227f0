using System.Management.Automation;
using MnistPS.Formats;

namespace MnistPS.Commands;

/// <summary>Writes a data set into a folder, as IDX, npz, npy, CSV or PNG files.</summary>
[Cmdlet(VerbsData.Export, "MnistDataset", HelpUri = OnlineHelp.Folder + "Export-MnistDataset.md", SupportsShouldProcess = true)]
[OutputType(typeof(DirectoryInfo))]
public sealed class ExportMnistDatasetCommand : DatasetCommand
{
    private bool _isWritten;

    /// <summary>The folder, without wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [Alias("LiteralPath", "PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string Path { get; set; } = null!;

    /// <summary>The format of the files.</summary>
    [Parameter]
    [EnumName]
    public DatasetFormat Format { get; set; }

    /// <summary>Writes into a folder that has files.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the folder.</summary>
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
