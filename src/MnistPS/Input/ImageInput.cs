using System.Collections;
using System.Management.Automation;
using MnistPS.Commands;

namespace MnistPS;

/// <summary>
/// Reads images from pipeline input: images, image sets, predictions and labels in doubt, arrays of 784 grey values or of 784 values from 0 to 1, arrays
/// of 28 rows of 28 as in JSON or two-dimensional, and lists of these.
/// </summary>
/// <param name="expected">The expected input, for messages.</param>
/// <param name="take">Receives each image, its values if they came as such, and its prediction or label in doubt, or null.</param>
/// <param name="refuse">Receives an error per object that is no image.</param>
/// <param name="parameter">The parameter whose argument is read, or null for the pipeline.</param>
internal sealed class ImageInput(string expected, Action<MnistImage, double[]?, object?> take, Action<ErrorRecord> refuse, string? parameter = null)
{
    private bool _hasToldOfPixels;

    /// <summary>Reads an object.</summary>
    /// <param name="input">The object from the engine.</param>
    /// <param name="position">The index of an image without one.</param>
    public void Read(object? input, int position)
    {
        switch (input.Unwrap())
        {
            case MnistImage image:
                take(image, null, null);
                break;
            case ImageSet images:
                foreach (MnistImage image in images)
                {
                    take(image, null, null);
                }

                break;
            case Prediction prediction:
                take(prediction.GetImage(), null, prediction);
                break;
            case LabelIssue issue:
                take(issue.GetImage(), null, issue);
                break;
            case byte[] pixels:
                ReadPixels(pixels, position);
                break;
            case double[] numbers:
                ReadNumbers(numbers, position);
                break;
            case Array { Rank: 2 } table:
                ReadList([.. table.Cast<object?>()], position);
                break;
            case Array { Rank: 1 } or (IList and not Array):
                ReadList(Items(input), position);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal:
                TellOfPixels(Messages.LoneNumbers, input);
                break;
            default:
                refuse(MnistCommand.ForeignObject(input, expected, parameter));
                break;
        }
    }

    private static object?[] Items(object? list) => [.. ((IList)list.Unwrap()!).Cast<object?>()];

    private static bool IsList(object? item) => item.Unwrap() is IList;

    private void ReadList(object?[] items, int position)
    {
        if (items.Length == MnistImage.Side && Array.TrueForAll(items, item => IsList(item) && Items(item) is { Length: MnistImage.Side } row && !Array.Exists(row, IsList)))
        {
            ReadList([.. items.SelectMany(Items)], position);
        }
        else if (Array.Exists(items, item => IsList(item) || item.Unwrap() is MnistImage or Prediction or LabelIssue))
        {
            foreach (object? item in items)
            {
                Read(item, position);
            }
        }
        else if (Array.TrueForAll(items, item => item.Unwrap() is byte))
        {
            if (items.Length > 0)
            {
                ReadPixels([.. items.Select(item => (byte)item.Unwrap()!)], position);
            }
        }
        else
        {
            ReadValues(items, position);
        }
    }

    private void ReadValues(object?[] items, int position)
    {
        double[] numbers = new double[items.Length];
        for (int i = 0; i < items.Length; i++)
        {
            try
            {
                if (!NumberReader.TryRead(items[i], out numbers[i]))
                {
                    refuse(MnistCommand.ForeignObject(items, expected, parameter));
                    return;
                }
            }
            catch (FormatException e)
            {
                string message = string.Format(Messages.Culture, Messages.NumberOfInput, i, position, e.Message);
                refuse(MnistCommand.ToErrorRecord(new MnistException("PixelOutOfRange", Fault.InvalidData, message, items[i], e)));
                return;
            }
        }

        ReadNumbers(numbers, position);
    }

    private void ReadPixels(byte[] pixels, int position)
    {
        if (pixels.Length == MnistImage.Side)
        {
            TellOfPixels(Messages.LoneRows, pixels);
            return;
        }

        TryTake(() => MnistImage.FromPixels(pixels, position), null);
    }

    private void ReadNumbers(double[] numbers, int position)
    {
        if (numbers.Length == MnistImage.Side)
        {
            TellOfPixels(Messages.LoneRows, numbers);
            return;
        }

        TryTake(() => MnistImage.FromValues(numbers, position), numbers);
    }

    private void TryTake(Func<MnistImage> make, double[]? numbers)
    {
        MnistImage image;
        try
        {
            image = make();
        }
        catch (MnistException fault)
        {
            refuse(MnistCommand.ToErrorRecord(fault));
            return;
        }

        take(image, numbers, null);
    }

    /// <summary>Reports an image that came as single pixels: once, and not 784 times.</summary>
    private void TellOfPixels(string what, object? target)
    {
        if (!_hasToldOfPixels)
        {
            _hasToldOfPixels = true;
            string message = string.Format(Messages.Culture, Messages.ImageInPieces, what);
            refuse(new ErrorRecord(new ArgumentException(message), nameof(Messages.ImageInPieces), ErrorCategory.InvalidType, target));
        }
    }
}
