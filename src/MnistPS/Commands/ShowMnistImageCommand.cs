using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>Draws images in the terminal, side by side as far as the window is wide. Emits the lines as strings.</summary>
[Cmdlet(VerbsCommon.Show, "MnistImage", DefaultParameterSetName = AllSet)]
[OutputType(typeof(string))]
public sealed class ShowMnistImageCommand : TerminalCommand
{
    private const string AllSet = "All";
    private const string SampleSet = "Sample";

    private readonly List<MnistImage> _images = [];
    private int _imagesPerRow;
    private bool _color;

    /// <summary>The images, or sets of images.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object?[]? InputObject { get; set; }

    /// <summary>How many of the images to draw, chosen at random, none twice.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SampleSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Sample { get; set; }

    /// <summary>
    /// Chooses the same images again, those of NumPy's <c>default_rng(seed).choice(n, size=sample, replace=False)</c>; without it, others every time.
    /// </summary>
    [Parameter(ParameterSetName = SampleSet)]
    public ulong Seed { get; set; } = (ulong)Random.Shared.NextInt64();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _color = MayHaveColor();
        _imagesPerRow = TerminalImage.CountPerRow(WindowColumns());
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is { Length: > 1 } && Array.TrueForAll(InputObject, item => item.Unwrap() is ValueType))
        {
            // The numbers of an image, say: one object that is foreign, and not 784.
            WriteError(ForeignObject(InputObject, Messages.ImageInput));
            return;
        }

        foreach (object? item in InputObject ?? [null])
        {
            switch (item.Unwrap())
            {
                case MnistImage image:
                    Take(image);
                    break;
                case ImageSet images:
                    foreach (MnistImage image in images)
                    {
                        Take(image);
                    }

                    break;
                case var foreign:
                    WriteError(ForeignObject(foreign, Messages.ImageInput));
                    break;
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (ParameterSetName == SampleSet)
        {
            int[] chosen = [];
            Do(() => chosen = new NumPyGenerator(Seed).Choice(_images.Count, Sample));
            foreach (int[] row in chosen.Chunk(_imagesPerRow))
            {
                Draw([.. row.Select(i => _images[i])]);
            }
        }
        else if (_images.Count > 0)
        {
            Draw(_images);
        }
    }

    private void Take(MnistImage image)
    {
        _images.Add(image);
        if (ParameterSetName == AllSet && _images.Count == _imagesPerRow)
        {
            Draw(_images);
            _images.Clear();
        }
    }

    private void Draw(IReadOnlyList<MnistImage> row) => WriteObject(TerminalImage.Draw(row, _color), enumerateCollection: true);
}
