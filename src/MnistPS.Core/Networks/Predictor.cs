using MnistPS.Numerics;

namespace MnistPS.Networks;

/// <summary>Collects images one by one and lets networks read them in batches, in the order in which they came. Of several the scores are averaged.</summary>
internal sealed class Predictor : IDisposable
{
    private const int BatchSize = Evaluator.BatchSize;

    private readonly CancellationToken _cancellation;
    private readonly IReadOnlyList<MnistNetwork> _networks;
    private readonly IReadOnlyList<string> _classNames;
    private readonly List<MnistImage> _pending = [];
    private Reader[]? _readers;
    private Workers? _workers;
    private bool _holdsNumbers;

    /// <summary>A predictor of a network as it is now.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellation">Ends the reading; no prediction is handed out any more then.</param>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was ready.</exception>
    public Predictor(MnistNetwork network, CancellationToken cancellation = default)
        : this([network], cancellation)
    {
    }

    /// <summary>A predictor of some networks as they are now, each in its own precision.</summary>
    /// <inheritdoc cref="Predictor(MnistNetwork, CancellationToken)"/>
    /// <exception cref="MnistException">
    /// Some were trained by cross-entropy and some by squared error, so that their scores have no common mean, or on labels that stand for different things (<c>NetworksDoNotFit</c>); or one does not fit
    /// into memory (<c>NetworkTooLarge</c>).
    /// </exception>
    public Predictor(IReadOnlyList<MnistNetwork> networks, CancellationToken cancellation = default)
    {
        if (networks.FirstOrDefault(network => network.Loss != networks[0].Loss) is { } other)
        {
            throw new MnistException("NetworksDoNotFit", Fault.InvalidArgument,
                $"The scores of the networks cannot be averaged: [{networks[0]}] was trained by {networks[0].Loss} and [{other}] by {other.Loss}. Probabilities are what cross-entropy gives, and squared error gives outputs that are none. Give networks of one loss.", other);
        }

        MnistNetwork first = networks.FirstOrDefault(network => network.EpochsTrained > 0) ?? networks[0];
        if (networks.FirstOrDefault(network => network.EpochsTrained > 0 && !network.ClassNames.SequenceEqual(first.ClassNames)) is { } stranger)
        {
            throw new MnistException("NetworksDoNotFit", Fault.InvalidArgument,
                $"The scores of the networks cannot be averaged: 0 is '{first.ClassNames[0]}' for [{first}] and '{stranger.ClassNames[0]}' for [{stranger}]. Give networks that were trained on one collection.", stranger);
        }

        _cancellation = cancellation;
        _networks = networks;
        _classNames = first.ClassNames;
        _readers = [.. networks.Select(network => IdleReaders.Take(network, cancellation))];
    }

    private Reader[] Readers => _readers ?? throw new ObjectDisposedException(nameof(Predictor));

    /// <summary>Takes an image, and hands out the predictions that are ready.</summary>
    public IEnumerable<Prediction> Add(MnistImage image)
    {
        IEnumerable<Prediction> ready = MakeRoom(forNumbers: false);
        foreach (Reader reader in Readers)
        {
            image.Span.CopyTo(reader.Pixels.AsSpan(_pending.Count * MnistImage.PixelCount));
        }

        _pending.Add(image);
        return ready;
    }

    /// <summary>Takes an image as the numbers that it came as, and hands out the predictions that are ready.</summary>
    /// <param name="image">The image.</param>
    /// <param name="numbers">Its numbers from 0 to 1, (784), which its grey values were rounded from.</param>
    public IEnumerable<Prediction> Add(MnistImage image, ReadOnlySpan<double> numbers)
    {
        IEnumerable<Prediction> ready = MakeRoom(forNumbers: true);
        foreach (Reader reader in Readers)
        {
            numbers.CopyTo(reader.Numbers.AsSpan(_pending.Count * MnistImage.PixelCount));
        }

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
        foreach (Reader reader in Readers)
        {
            reader.Forward(_pending.Count, _holdsNumbers, _workers ?? Workers.Alone, _cancellation);
        }

        if (_cancellation.IsCancellationRequested)
        {
            return [];
        }

        Prediction[] predictions =
        [
            .. _pending.Select((image, i) =>
            {
                (int label, double[] scores) = Read(i);
                IReadOnlyList<string> names = ClassNames.AreDigits(_classNames) ? image.ClassNames ?? ClassNames.Digits : _classNames;
                return ClassNames.AreDigits(names)
                    ? new Prediction(image, label, scores) { Loss = _networks[0].Loss }
                    : new NamedPrediction(image, label, scores) { Loss = _networks[0].Loss, ClassNames = names };
            }),
        ];
        _pending.Clear();
        return predictions;
    }

    /// <summary>Ends the threads, and leaves what else it has to the next call.</summary>
    public void Dispose()
    {
        _workers?.Dispose();
        if (Interlocked.Exchange(ref _readers, null) is { } readers)
        {
            foreach ((MnistNetwork network, Reader reader) in _networks.Zip(readers))
            {
                IdleReaders.Put(network, reader);
            }
        }
    }

    private (int Label, double[] Scores) Read(int image)
    {
        if (Readers is [Reader alone])
        {
            return alone.Read(image);
        }

        double[] means = new double[ConfusionMatrix.Digits];
        foreach (Reader reader in Readers)
        {
            double[] scores = reader.Read(image).Scores;
            for (int digit = 0; digit < means.Length; digit++)
            {
                means[digit] += scores[digit] / Readers.Length;
            }
        }

        return (Array.IndexOf(means, means.Max()), means);
    }

    private IReadOnlyList<Prediction> MakeRoom(bool forNumbers)
    {
        IReadOnlyList<Prediction> ready = _pending.Count == BatchSize || forNumbers != _holdsNumbers ? Flush() : [];
        _holdsNumbers = forNumbers;
        return ready;
    }
}
