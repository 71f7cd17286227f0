using MnistPS.Numerics;

namespace MnistPS.Networks;

/// <summary>Collects images one by one and lets a network read them in batches, in the order in which they came.</summary>
internal sealed class Predictor : IDisposable
{
    private const int BatchSize = Evaluator.BatchSize;

    private readonly CancellationToken _cancellation;
    private readonly MnistNetwork _network;
    private readonly List<MnistImage> _pending = [];
    private Reader? _reader;
    private Workers? _workers;
    private bool _holdsNumbers;

    /// <summary>A predictor of a network as it is now.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellation">Ends the reading; no prediction is handed out any more then.</param>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was ready.</exception>
    public Predictor(MnistNetwork network, CancellationToken cancellation = default)
    {
        _cancellation = cancellation;
        _network = network;
        _reader = IdleReaders.Take(network, cancellation);
    }

    /// <summary>The confidence below which no digit is read; 0 reads all.</summary>
    public double MinimumConfidence { get; init; }

    private Reader Reader => _reader ?? throw new ObjectDisposedException(nameof(Predictor));

    /// <summary>Takes an image, and hands out the predictions that are ready.</summary>
    public IEnumerable<Prediction> Add(MnistImage image)
    {
        IEnumerable<Prediction> ready = MakeRoom(forNumbers: false);
        image.Span.CopyTo(Reader.Pixels.AsSpan(_pending.Count * MnistImage.PixelCount));
        _pending.Add(image);
        return ready;
    }

    /// <summary>Takes an image as the numbers that it came as, and hands out the predictions that are ready.</summary>
    /// <param name="image">The image.</param>
    /// <param name="numbers">Its numbers from 0 to 1, (784), which its grey values were rounded from.</param>
    public IEnumerable<Prediction> Add(MnistImage image, ReadOnlySpan<double> numbers)
    {
        IEnumerable<Prediction> ready = MakeRoom(forNumbers: true);
        numbers.CopyTo(Reader.Numbers.AsSpan(_pending.Count * MnistImage.PixelCount));
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

        // One image is no work to share, and threads take longer to start than it takes to read.
        _workers ??= _pending.Count > 1 ? new Workers(Environment.ProcessorCount) : null;
        Reader.Forward(_pending.Count, _holdsNumbers, _workers ?? Workers.Alone, _cancellation);

        if (_cancellation.IsCancellationRequested)
        {
            return [];
        }

        Prediction[] predictions =
        [
            .. _pending.Select((image, i) =>
            {
                (int label, double[] scores, double likeness) = Reader.Read(i);
                return new Prediction(image, label, scores, likeness, MinimumConfidence) { Loss = _network.Loss };
            }),
        ];
        _pending.Clear();
        return predictions;
    }

    /// <summary>Ends the threads, and leaves what else it has to the next call.</summary>
    public void Dispose()
    {
        _workers?.Dispose();
        if (Interlocked.Exchange(ref _reader, null) is { } reader)
        {
            IdleReaders.Put(_network, reader);
        }
    }

    private IReadOnlyList<Prediction> MakeRoom(bool forNumbers)
    {
        IReadOnlyList<Prediction> ready = _pending.Count == BatchSize || forNumbers != _holdsNumbers ? Flush() : [];
        _holdsNumbers = forNumbers;
        return ready;
    }
}
