using System.Management.Automation;
using MnistPS.Web;

namespace MnistPS.Commands;

/// <summary>Writes a network to an HTML page on which users draw digits. It needs no server.</summary>
[Cmdlet(VerbsData.Export, "MnistPage", HelpUri = OnlineHelp.Folder + "Export-MnistPage.md", SupportsShouldProcess = true, DefaultParameterSetName = PathSet)]
[OutputType(typeof(FileInfo))]
public sealed class ExportMnistPageCommand : ExportHtmlCommand
{
    private protected override string Example(string path) => $"Export-MnistPage {path}";

    /// <inheritdoc/>
    protected override void Write(string path) => DrawingPage.Write(Network, Title ?? Messages.PageTitle, path, Force);
}
