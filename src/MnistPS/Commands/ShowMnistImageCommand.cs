using System.Management.Automation;
using MnistPS.Terminals;

namespace MnistPS.Commands;

/// <summary>Draws images in the terminal, side by side as far as they fit. Emits strings.</summary>
[Cmdlet(VerbsCommon.Show, "MnistImage", HelpUri = OnlineHelp.Folder + "Show-MnistImage.md", DefaultParameterSetName = AllSet)]
[OutputType(typeof(string))]
public sealed class ShowMnistImageCommand : TerminalCommand
{
    private const string AllSet = "All";
    private const string SampleSet = "Sample";
    private const string RendererVariable = "MNISTPS_RENDERER";

    private readonly ImageInput _input;
    private readonly List<CaptionedImage> _images = [];
    private int _position;
    private int _imagesPerRow;
    private ImageRenderer _renderer;

    /// <summary>Creates the cmdlet.</summary>
    public ShowMnistImageCommand() => _input = new ImageInput(Messages.ImageInput, (image, _, source) => Take(CaptionedImage.Of(image, source)), WriteError);

    /// <summary>The images (<see cref="ImageInput"/>).</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The number of images to draw at random, without replacement.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SampleSet)]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int Sample { get; set; }

    /// <summary>
    /// The seed of the sample: the choice is that of NumPy's <c>default_rng(seed).choice(n, size=sample, replace=False)</c>. It is random by default.
    /// </summary>
    [Parameter(ParameterSetName = SampleSet)]
    [Number<ulong>]
    public ulong? Seed { get; set; }

    /// <summary>The renderer.</summary>
    [Parameter]
    [EnumName]
    public ImageRenderer Renderer { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => _imagesPerRow = TerminalImage.CountPerRow(WindowColumns());

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Do(() => _input.Read(InputObject, _position));
        _position++;
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == SampleSet)
        {
            int[] chosen = [];
            Do(() => chosen = new NumPyGenerator(Seed ?? (ulong)Random.Shared.NextInt64()).Choice(_images.Count, Sample));
            foreach (int[] row in chosen.Chunk(_imagesPerRow))
            {
                Draw([.. row.Select(i => _images[i])]);
            }
        }
        else if (_images.Count > 0)
        {
            Draw([.. _images]);
        }

        TerminalQuery.End();
    }

    private void Take(CaptionedImage image)
    {
        _images.Add(image);
        if (ParameterSetName == AllSet && _images.Count == _imagesPerRow)
        {
            Draw([.. _images]);
            _images.Clear();
        }
    }

    private void Draw(CaptionedImage[] row)
    {
        if (_renderer == ImageRenderer.Auto)
        {
            // Only when there is something to draw.
            Do(() => _renderer = RendererSelector.Choose(Wish(), MayHaveColor(), MayAsk(), Environment.GetEnvironmentVariable, TerminalQuery.Ask));
        }

        if (_renderer is ImageRenderer.Ascii or ImageRenderer.HalfBlock)
        {
            WriteObject(TerminalImage.Draw(row, _renderer == ImageRenderer.HalfBlock), enumerateCollection: true);
            return;
        }

        // Sixels are not scaled by the terminal, so the size of a cell is needed.
        (int, int) cell = _renderer == ImageRenderer.Sixel && MayAsk() ? TerminalQuery.Ask().Cell : TerminalResponse.UsualCell;
        WriteObject(TerminalImage.Titles(row));
        WriteObject(TerminalPicture.Encode([.. row.Select(item => item.Image)], _renderer, cell));
        WriteObject(TerminalImage.Captions(row), enumerateCollection: true);
    }

    /// <summary>The renderer of the caller, or else of the environment, which is ignored if the output is redirected.</summary>
    /// <exception cref="MnistException">
    /// The session is plain text, which strips escape sequences (<c>RendererNeedsEscapes</c>), or the environment names no renderer
    /// (<c>UnknownRenderer</c>).
    /// </exception>
    private ImageRenderer Wish()
    {
        if (!MyInvocation.BoundParameters.ContainsKey(nameof(Renderer)))
        {
            string? word = Environment.GetEnvironmentVariable(RendererVariable);
            return string.IsNullOrEmpty(word) || !MayHaveColor() ? ImageRenderer.Auto
                : Array.Find(Enum.GetNames<ImageRenderer>(), name => name.Equals(word, StringComparison.OrdinalIgnoreCase)) is { } name
                    ? Enum.Parse<ImageRenderer>(name)
                    : throw new MnistException(nameof(Messages.UnknownRenderer), Fault.InvalidArgument, string.Format(
                        Messages.Culture, Messages.UnknownRenderer, RendererVariable, word, string.Join(", ", Enum.GetNames<ImageRenderer>())), word);
        }

        return Renderer is ImageRenderer.Auto or ImageRenderer.Ascii || !IsPlainText() ? Renderer
            : throw new MnistException(
                nameof(Messages.RendererNeedsEscapes), Fault.InvalidArgument, string.Format(Messages.Culture, Messages.RendererNeedsEscapes, Renderer), Renderer);
    }
}
