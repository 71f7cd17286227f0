using System.Management.Automation;
using MnistPS.Web;

namespace MnistPS.Commands;

/// <summary>Writes a report on a network to an HTML file.</summary>
[Cmdlet(VerbsData.Export, "MnistReport", HelpUri = OnlineHelp.Folder + "Export-MnistReport.md", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMnistReportCommand : ExportHtmlCommand
{
    /// <summary>The data set that the network was trained on.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [LiveObject<MnistDataset>]
    public MnistDataset Dataset { get; set; } = null!;

    /// <summary>Predictions of other images than the data set's test images.</summary>
    [Parameter]
    [AllowEmptyCollection]
    public Prediction[]? Prediction { get; set; }

    private protected override string Example(string path) => $"Export-MnistReport {path} $data";

    /// <inheritdoc/>
    protected override void Write(string path) => NetworkReport.Write(Network, Dataset, Prediction, Title ?? Messages.ReportTitle, path, Force, Cancellation);
}
