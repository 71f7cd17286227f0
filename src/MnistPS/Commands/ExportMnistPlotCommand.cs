using System.Management.Automation;
using MnistPS.Plots;

namespace MnistPS.Commands;

/// <summary>Writes a plot to a picture file.</summary>
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

    /// <summary>The file. Its extension is the format.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string Path { get; set; } = null!;

    /// <summary>The file, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string LiteralPath { get; set; } = null!;

    /// <summary>The kind of plot. By default the input decides.</summary>
    [Parameter]
    [EnumName]
    public PlotKind? Kind { get; set; }

    /// <summary>The width in pixels.</summary>
    [Parameter]
    [ValidateRange(LeastSide, MostSide)]
    [Number<int>]
    public int? Width { get; set; }

    /// <summary>The height in pixels.</summary>
    [Parameter]
    [ValidateRange(LeastSide, MostSide)]
    [Number<int>]
    public int? Height { get; set; }

    /// <summary>The theme.</summary>
    [Parameter]
    [EnumName]
    public PlotTheme Theme { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    private protected override string Example => "Export-MnistPlot curves.png";

    /// <inheritdoc/>
    protected override void BeginProcessing() => Do(() =>
    {
        Input = new PlotInput(Kind, Group, Resolve);
        _file = new PictureFile(ParameterSetName == LiteralPathSet ? Resolve(LiteralPath) : ResolveOne(Path), Force);

        // Before the input arrives: a long training's metrics would be lost.
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
            // The library cannot be cancelled. A stopped pipeline does not wait for it.
            Task<byte[]> picture = Task.Run(() => ImagingContext.Renderer.Render(plot, _file.Format, width, height, Theme));
            _file.Write(picture.WaitAsync(Cancellation).GetAwaiter().GetResult());
            if (PassThru)
            {
                WriteObject(new FileInfo(_file.Path));
            }
        }
    }
}
