using System.Collections;
using System.Management.Automation;
using MnistPS.Commands;

namespace MnistPS;

/// <summary>
/// Reads images with labels: input of <see cref="ImageInput"/> that has labels, and objects and hashtables with <c>Pixels</c> and <c>Label</c>, such as
/// copies of images from a job.
/// </summary>
internal sealed class LabelledImageInput
{
    private readonly string _expected;
    private readonly Action<MnistImage> _take;
    private readonly Action<ErrorRecord> _refuse;
    private readonly string? _parameter;
    private readonly ImageInput _images;

    /// <summary>Creates a reader.</summary>
    /// <param name="expected">The expected input, for messages.</param>
    /// <param name="take">Receives each image. A fault is reported, and the next image is read.</param>
    /// <param name="refuse">Receives an error for each object that is no image with a label.</param>
    /// <param name="parameter">The parameter whose argument is read, or null for the pipeline.</param>
    public LabelledImageInput(string expected, Action<MnistImage> take, Action<ErrorRecord> refuse, string? parameter = null)
    {
        _expected = expected;
        _take = take;
        _refuse = refuse;
        _parameter = parameter;
        _images = new ImageInput(expected, (image, _, _) => Take(image), refuse, parameter);
    }

    /// <summary>Reads an object.</summary>
    /// <param name="input">The object from the engine.</param>
    /// <param name="position">The index of an image without one.</param>
    public void Read(object? input, int position)
    {
        switch (input.Unwrap())
        {
            case MnistImage image:
                Take(image);
                break;
            case IDictionary table when table.Contains(nameof(MnistImage.Pixels)):
                ReadPair(table[nameof(MnistImage.Pixels)], table[nameof(MnistImage.Label)], position);
                break;
            case object[] items when Array.Exists(items, item => item.Unwrap() is IDictionary or PSCustomObject or ImageSet):
                foreach (object item in items)
                {
                    Read(item, position);
                }

                break;
            case PSCustomObject when input is PSObject row && row.Properties[nameof(MnistImage.Pixels)] is { } pixels:
                ReadPair(pixels.Value, row.Properties[nameof(MnistImage.Label)]?.Value, position);
                break;
            case ValueType:
                // A single number is no pixel of an image here, since pixels alone have no label.
                _refuse(MnistCommand.ForeignObject(input, _expected, _parameter));
                break;
            default:
                _images.Read(input, position);
                break;
        }
    }

    private void ReadPair(object? pixels, object? label, int position)
    {
        MnistImage? bare = null;
        new ImageInput(Messages.ImageInput, (image, _, _) => bare = image, _refuse).Read(pixels, position);
        if (bare is null)
        {
            return;
        }

        try
        {
            if (label is null)
            {
                Take(bare);
            }
            else if (NumberReader.TryRead(label, out int digit) && digit is >= 0 and <= 9)
            {
                Take(bare.WithLabel(digit));
            }
            else
            {
                Refuse(nameof(Messages.NotADigit), string.Format(Messages.Culture, Messages.NotADigit, nameof(MnistImage.Label), label), label);
            }
        }
        catch (FormatException e)
        {
            Refuse(nameof(Messages.NotADigit), string.Format(Messages.Culture, Messages.NotADigit, nameof(MnistImage.Label), label), label, e);
        }
    }

    private void Take(MnistImage image)
    {
        try
        {
            _take(image);
        }
        catch (MnistException fault)
        {
            _refuse(MnistCommand.ToErrorRecord(fault));
        }
    }

    private void Refuse(string id, string message, object? target, Exception? cause = null)
        => _refuse(MnistCommand.ToErrorRecord(new MnistException(id, Fault.InvalidData, message, target, cause)));
}
