using System.Collections;
using System.Management.Automation;
using MnistPS.Networks;

namespace MnistPS.Commands;

/// <summary>Lets a network read images, in the order in which they come.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "MnistPrediction", HelpUri = OnlineHelp.Folder + "Invoke-MnistPrediction.md")]
[OutputType(typeof(Prediction))]
public sealed class InvokeMnistPredictionCommand : MnistCommand, IDisposable
{
    private Predictor? _predictor;
    private int _position;

    /// <summary>Images, or arrays of 784 grey values or of 784 numbers from 0 to 1.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [AllowNull]
    [AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The network that reads them.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public MnistNetwork Network { get; set; } = null!;

    /// <inheritdoc/>
    public void Dispose() => _predictor?.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing() => Do(() => _predictor = new Predictor(Network));

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Read(InputObject.Unwrap());
        _position++;
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => WriteObject(_predictor!.Flush(), enumerateCollection: true);

    /// <summary>Reads a list or an array of some other type, such as PowerShell makes of all that comes out of a pipeline.</summary>
    private void ReadList(object?[] items)
    {
        if (items is [MnistImage, ..])
        {
            foreach (object? item in items)
            {
                Read(item);
            }
        }
        else if (Array.TrueForAll(items, item => item is byte))
        {
            Read(items.Cast<byte>().ToArray());
        }
        else if (LanguagePrimitives.TryConvertTo(items, out double[] numbers))
        {
            // The engine takes nothing at all for 0, which would be paper.
            for (int i = 0; i < numbers.Length; i++)
            {
                numbers[i] = string.IsNullOrWhiteSpace(items[i]?.ToString()) ? double.NaN : numbers[i];
            }

            Read(numbers);
        }
        else
        {
            WriteError(ForeignObject(InputObject.Unwrap(), Messages.PredictionInput));
        }
    }

    private void Read(object? input)
    {
        switch (input)
        {
            case MnistImage image:
                WriteObject(_predictor!.Add(image), enumerateCollection: true);
                break;
            case ImageSet images:
                foreach (MnistImage image in images)
                {
                    Read(image);
                }

                break;
            case byte[] pixels:
                ReadArray(predictor => predictor.Add(pixels, _position));
                break;
            case double[] numbers:
                ReadArray(predictor => predictor.Add(numbers, _position));
                break;
            case IList list:
                ReadList([.. list.Cast<object?>().Select(PSObjectExtensions.Unwrap)]);
                break;
            default:
                WriteError(ForeignObject(input, Messages.PredictionInput));
                break;
        }

        void ReadArray(Func<Predictor, IEnumerable<Prediction>> add) => DoForOne(() => WriteObject(add(_predictor!), enumerateCollection: true));
    }
}
