using System.Management.Automation;
using MnistPS.Plots;

namespace MnistPS.Commands;

/// <summary>Draws curves in the terminal. Emits strings.</summary>
[Cmdlet(VerbsCommon.Show, "MnistPlot", HelpUri = OnlineHelp.Folder + "Show-MnistPlot.md")]
[OutputType(typeof(string))]
public sealed class ShowMnistPlotCommand : PlotCommand
{
    /// <inheritdoc/>
    [Parameter(Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object?[]? InputObject { get; set; }

    private protected override string Example => "Show-MnistPlot";

    /// <inheritdoc/>
    protected override void BeginProcessing() => Input = new PlotInput(null, Group, Resolve);

    private protected override void Show(Plot plot)
        => WriteObject(
            plot is LinePlot lines
                ? TerminalPlot.Draw(lines, WindowColumns(), MayHaveColor())
                : throw new MnistException(nameof(Messages.NoCurves), Fault.InvalidArgument, string.Format(Messages.Culture, Messages.NoCurves, Input.Kind)),
            enumerateCollection: true);
}
