using System.Management.Automation;
using MnistPS.Photos;

namespace MnistPS.Commands;

/// <summary>Makes images as MNIST has them of photos, scans and drawings of digits.</summary>
[Cmdlet(VerbsData.ConvertTo, "MnistImage", DefaultParameterSetName = PathSet, HelpUri = OnlineHelp.Folder + "ConvertTo-MnistImage.md")]
[OutputType(typeof(MnistImage))]
public sealed class ConvertToMnistImageCommand : MnistCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";
    private const int MostCells = 1000;

    private PhotoInput _photos = null!;
    private ProgressBar _progress = null!;
    private int _position;
    private int _inputCount;
    private bool _hasToldOfPieces;

    /// <summary>The picture files, which may have wildcards.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [PathText]
    public string[] Path { get; set; } = null!;

    /// <summary>The picture files, by names that are taken as they stand.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "FullName", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string[] LiteralPath { get; set; } = null!;

    /// <summary>Files, their names, objects with such a property, the bytes of a picture file, or grey values in a two-dimensional array.</summary>
    // All that comes down the pipeline: a parameter that is an array would take files too.
    [Parameter(Mandatory = true, ParameterSetName = InputObjectSet, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    [AllowEmptyString]
    public object? InputObject { get; set; }

    /// <summary>Whether the ink is dark or light; it is found out otherwise.</summary>
    [Parameter]
    [EnumName]
    public InkTone? Ink { get; set; }

    /// <summary>Makes an image of every digit of a picture, line by line.</summary>
    [Parameter]
    public SwitchParameter Split { get; set; }

    /// <summary>The rows of a form, whose cells divide the picture evenly; each digit of it becomes an image.</summary>
    [Parameter]
    [ValidateRange(1, MostCells)]
    [Number<int>]
    public int? Rows { get; set; }

    /// <summary>The columns of a form, whose cells divide the picture evenly; each digit of it becomes an image.</summary>
    [Parameter]
    [ValidateRange(1, MostCells)]
    [Number<int>]
    public int? Columns { get; set; }

    /// <summary>The digit that was written.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(0, 9)]
    [Number<int>]
    public int? Label { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        Do(() => RefuseBoth(nameof(Split), Split, Rows is not null ? nameof(Rows) : nameof(Columns), Rows is not null || Columns is not null));
        PhotoForm? form = Rows is null && Columns is null ? null : new PhotoForm(Rows ?? 1, Columns ?? 1);
        _photos = new PhotoInput(Ink, Split || form is not null, form, WriteWarning, WriteVerbose);
        _progress = new ProgressBar(this, Messages.PhotoActivity);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName)
        {
            case InputObjectSet:
                ReadInput();
                break;
            case LiteralPathSet:
                ForEachPath(LiteralPath, isLiteral: true, Read);
                break;
            default:
                ForEachPath(Path, isLiteral: false, Read);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _progress.Dispose();

    private void ReadInput()
    {
        _inputCount++;
        object? bare = InputObject.Unwrap();
        if (bare is sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal)
        {
            TellOfPieces(bare);
        }
        else if (bare is string path)
        {
            ForEachPath([path], isLiteral: false, Read);
        }
        else if (bare is Array array)
        {
            DoForOne(() => Write(_photos.Read(array, _inputCount, _position, Label)));
        }
        else if (Property("PSPath", "LiteralPath", "FullName") is { } literal)
        {
            ForEachPath([literal], isLiteral: true, Read);
        }
        else if (Property("Path") is { } pattern)
        {
            ForEachPath([pattern], isLiteral: false, Read);
        }
        else
        {
            WriteError(ForeignObject(InputObject, Messages.PhotoInput));
        }
    }

    private string? Property(params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (InputObject is PSObject wrapped && wrapped.Properties[name]?.Value.Unwrap() is string { Length: > 0 } text)
            {
                return text;
            }
        }

        return null;
    }

    /// <summary>Says that the bytes of a file came one by one: once, and not a million times.</summary>
    private void TellOfPieces(object number)
    {
        if (!_hasToldOfPieces)
        {
            _hasToldOfPieces = true;
            WriteError(new ErrorRecord(new ArgumentException(Messages.PictureInPieces), nameof(Messages.PictureInPieces), ErrorCategory.InvalidType, number));
        }
    }

    private void Read(string file)
    {
        Cancellation.ThrowIfCancellationRequested();
        _progress.Report(null, string.Format(Messages.Culture, Messages.PhotoStatus, _position, file));
        Write(_photos.ReadFile(file, _position, Label));
    }

    private void Write(IReadOnlyList<MnistImage> images)
    {
        _position += images.Count;
        WriteObject(images, enumerateCollection: true);
    }
}
