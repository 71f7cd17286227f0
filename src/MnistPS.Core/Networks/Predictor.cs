using MnistPS.Numerics;

namespace MnistPS.Networks;

/// <summary>Collects images one by one and lets a network read them in batches, in the order in which they came.</summary>
internal sealed class Predictor : IDisposable
{
    private const int BatchSize = Evaluator.BatchSize;

    private readonly CancellationToken _cancellation;
    private readonly Workers _workers;
    private readonly Evaluator _evaluator;
    private readonly byte[] _pixels = new byte[BatchSize * MnistImage.PixelCount];
    private readonly double[] _numbers = new double[BatchSize * MnistImage.PixelCount];
    private readonly List<MnistImage> _pending = new(BatchSize);
    private bool _holdsNumbers;

    /// <summary>A predictor of a network as it is now.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellation">Ends the reading; no prediction is handed out any more then.</param>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    public Predictor(MnistNetwork network, CancellationToken cancellation = default)
    {
        _cancellation = cancellation;
        _workers = new Workers(Environment.ProcessorCount);
        try
        {
            _evaluator = Evaluator.Create(network.Definition, network.State, _workers);
            _evaluator.Cancellation = cancellation;
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

    /// <summary>Takes an image as the numbers that it came as, and hands out the predictions that are ready.</summary>
    /// <param name="image">The image.</param>
    /// <param name="numbers">Its numbers from 0 to 1, (784), which its grey values were rounded from.</param>
    public IEnumerable<Prediction> Add(MnistImage image, ReadOnlySpan<double> numbers)
    {
        IEnumerable<Prediction> ready = MakeRoom(forNumbers: true);
        numbers.CopyTo(_numbers.AsSpan(_pending.Count * MnistImage.PixelCount));
        _pending.Add(image);
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

        if (_cancellation.IsCancellationRequested)
        {
            return [];
        }

        Prediction[] predictions =
        [
            .. _pending.Select((image, i) =>
            {
                (int label, double[] scores) = _evaluator.Read(i);
                return new Prediction(image, label, scores);
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
}
