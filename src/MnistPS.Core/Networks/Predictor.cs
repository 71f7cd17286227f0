using MnistPS.Numerics;

namespace MnistPS.Networks;

/// <summary>Collects images one by one and lets a network read them in batches, in the order in which they came.</summary>
internal sealed class Predictor : IDisposable
{
    private const int BatchSize = Evaluator.BatchSize;

    private readonly Workers _workers;
    private readonly Evaluator _evaluator;
    private readonly LossKind _loss;
    private readonly byte[] _pixels = new byte[BatchSize * MnistImage.PixelCount];
    private readonly double[] _numbers = new double[BatchSize * MnistImage.PixelCount];
    private readonly List<MnistImage> _pending = new(BatchSize);
    private bool _holdsNumbers;

    /// <summary>A predictor of a network as it is now.</summary>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    public Predictor(MnistNetwork network)
    {
        _workers = new Workers(Environment.ProcessorCount);
        _loss = network.Loss;
        try
        {
            _evaluator = Evaluator.Create(network.Definition, network.State, _workers);
        }
        catch
        {
            _workers.Dispose();
            throw;
        }
    }

    /// <summary>Takes an image, and hands out the predictions that are ready.</summary>
    public IEnumerable<Prediction> Add(MnistImage image)
    {
        IEnumerable<Prediction> ready = MakeRoom(forNumbers: false);
        image.Span.CopyTo(_pixels.AsSpan(_pending.Count * MnistImage.PixelCount));
        _pending.Add(image);
        return ready;
    }

    /// <summary>Takes an image of grey values, and hands out the predictions that are ready.</summary>
    /// <exception cref="MnistException">There are not 784 of them (<c>WrongImageLength</c>).</exception>
    public IEnumerable<Prediction> Add(ReadOnlySpan<byte> pixels, int index)
    {
        CheckLength(pixels.Length, pixels.Length);
        return Add(new MnistImage(pixels.ToArray(), index, null));
    }

    /// <summary>Takes an image of numbers from 0 to 1, and hands out the predictions that are ready.</summary>
    /// <exception cref="MnistException">There are not 784 of them (<c>WrongImageLength</c>), or one is no such number (<c>PixelOutOfRange</c>).</exception>
    public IEnumerable<Prediction> Add(ReadOnlySpan<double> numbers, int index)
    {
        CheckLength(numbers.Length, numbers.Length);
        for (int i = 0; i < numbers.Length; i++)
        {
            if (!(numbers[i] is >= 0 and <= 1))
            {
                throw new MnistException("PixelOutOfRange", Fault.InvalidData, FormattableString.Invariant(
                    $"Number {i} of input {index} is {numbers[i]}; a number from 0 to 1 was expected. Divide grey values by 255, or pass them as bytes."), numbers[i]);
            }
        }

        IEnumerable<Prediction> ready = MakeRoom(forNumbers: true);
        numbers.CopyTo(_numbers.AsSpan(_pending.Count * MnistImage.PixelCount));
        _pending.Add(new MnistImage(Array.ConvertAll(numbers.ToArray(), number => (byte)Math.Round(255 * number)), index, null));
        return ready;
    }

    /// <summary>The predictions of all images that are still waiting.</summary>
    public IReadOnlyList<Prediction> Flush()
    {
        if (_pending.Count == 0)
        {
            return [];
        }

        if (_holdsNumbers)
        {
            _evaluator.Forward(_numbers, _pending.Count);
        }
        else
        {
            _evaluator.Forward(_pixels, _pending.Count);
        }

        Prediction[] predictions =
        [
            .. _pending.Select((image, i) =>
            {
                (int label, double[] scores) = _evaluator.Read(i);
                return new Prediction(image, label, scores) { Loss = _loss };
            }),
        ];
        _pending.Clear();
        return predictions;
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose() => _workers.Dispose();

    private IReadOnlyList<Prediction> MakeRoom(bool forNumbers)
    {
        IReadOnlyList<Prediction> ready = _pending.Count == BatchSize || forNumbers != _holdsNumbers ? Flush() : [];
        _holdsNumbers = forNumbers;
        return ready;
    }

    private static void CheckLength(int length, object target)
    {
        if (length != MnistImage.PixelCount)
        {
            throw new MnistException("WrongImageLength", Fault.InvalidData,
                $"The array has {length} numbers; an image has {MnistImage.PixelCount}, 28 rows of 28.", target);
        }
    }
}
