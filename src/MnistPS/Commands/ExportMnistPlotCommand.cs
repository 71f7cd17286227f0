using System.Management.Automation;
using MnistPS.Plots;

namespace MnistPS.Commands;

/// <summary>Draws a plot into a picture file.</summary>
[Cmdlet(VerbsData.Export, "MnistPlot", DefaultParameterSetName = PathSet, SupportsShouldProcess = true, HelpUri = OnlineHelp.Folder + "Export-MnistPlot.md")]
[OutputType(typeof(FileInfo))]
public sealed class ExportMnistPlotCommand : PlotCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const int LeastSide = 240;
    private const int MostSide = 8192;

    private PictureFile _file = null!;

    /// <inheritdoc/>
    [Parameter(ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public override object?[]? InputObject { get; set; }

    /// <summary>The file, whose ending says its format.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string Path { get; set; } = null!;

    /// <summary>The file, its name taken as it is.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string LiteralPath { get; set; } = null!;

    /// <summary>What the plot shows, where what comes leaves that open.</summary>
    [Parameter]
    [EnumName]
    public PlotKind? Kind { get; set; }

    /// <summary>Pixels across.</summary>
    [Parameter]
    [ValidateRange(LeastSide, MostSide)]
    [Number<int>]
    public int? Width { get; set; }

    /// <summary>Pixels from top to bottom.</summary>
    [Parameter]
    [ValidateRange(LeastSide, MostSide)]
    [Number<int>]
    public int? Height { get; set; }

    /// <summary>The colours.</summary>
    [Parameter]
    [EnumName]
    public PlotTheme Theme { get; set; }

    /// <summary>Replaces a file that is there already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Hands out the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Example => "Export-MnistPlot curves.png";

    /// <inheritdoc/>
    protected override void BeginProcessing() => Do(() =>
    {
        Input = new PlotInput(Kind, Group, Resolve);
        _file = new PictureFile(ParameterSetName == LiteralPathSet ? Resolve(LiteralPath) : ResolveOne(Path), Force);

        // Before a training that may take its time, and whose metrics would be lost.
        _file.Check();
        if (!MyInvocation.BoundParameters.ContainsKey("WhatIf"))
        {
            _ = ImagingContext.Renderer;
        }
    });

    private protected override void Show(Plot plot)
    {
        (int width, int height) = plot.SizeFor(Width, Height, LeastSide, MostSide);
        if (ShouldProcess(_file.Path, string.Format(Messages.Culture, Messages.DrawPlot, Input.Kind, width, height)))
        {
            // A library draws, which cannot be stopped: nobody waits for it then.
            Task<byte[]> picture = Task.Run(() => ImagingContext.Renderer.Render(plot, _file.Format, width, height, Theme));
            _file.Write(picture.WaitAsync(Cancellation).GetAwaiter().GetResult());
            if (PassThru)
            {
                WriteObject(new FileInfo(_file.Path));
            }
        }
    }
}
