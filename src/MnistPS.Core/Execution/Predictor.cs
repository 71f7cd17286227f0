using MnistPS.Losses;
using MnistPS.Numerics;

namespace MnistPS.Execution;

/// <summary>Collects images and predicts them in batches, in the same order. The scores of several networks are averaged.</summary>
internal sealed class Predictor : IDisposable
{
    private const int BatchSize = Evaluator.BatchSize;

    // The likeness to a digit of a calibrated network takes about as long as this many multiplications; the threads share it.
    private const long CalibratedWork = 150_000;

    private readonly CancellationToken _cancellation;
    private readonly IReadOnlyList<MnistNetwork> _networks;
    private readonly IReadOnlyList<string> _classNames;
    private readonly List<MnistImage> _pending = [];
    private InferenceSession[]? _sessions;
    private Workers? _workers;
    private bool _holdsValues;

    /// <summary>Creates a predictor for a network's current state.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellation">Ends the work; no more predictions are returned then.</param>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was ready.</exception>
    public Predictor(MnistNetwork network, CancellationToken cancellation = default)
        : this([network], cancellation)
    {
    }

    /// <summary>Creates a predictor of networks as they are now, each in its own precision.</summary>
    /// <inheritdoc cref="Predictor(MnistNetwork, CancellationToken)"/>
    /// <exception cref="MnistException">
    /// Some were trained by cross-entropy and some by squared error, or their class names differ (<c>NetworksDoNotFit</c>); or one does not fit
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
        _sessions = [.. networks.Select(network => InferenceSessionPool.Take(network, cancellation))];
    }

    /// <summary>The threshold of the confidence; 0 rejects no image.</summary>
    public double MinimumConfidence { get; init; }

    private InferenceSession[] Sessions => _sessions ?? throw new ObjectDisposedException(nameof(Predictor));

    /// <summary>Adds an image, and returns the predictions that are ready.</summary>
    public IEnumerable<Prediction> Add(MnistImage image)
    {
        IEnumerable<Prediction> ready = MakeRoom(forValues: false);
        foreach (InferenceSession session in Sessions)
        {
            image.Span.CopyTo(session.Pixels.AsSpan(_pending.Count * MnistImage.PixelCount));
        }

        _pending.Add(image);
        return ready;
    }

    /// <summary>Adds an image given as values, and returns the predictions that are ready.</summary>
    /// <param name="image">The image.</param>
    /// <param name="values">Its values from 0 to 1, (784), from which its grey values were rounded.</param>
    public IEnumerable<Prediction> Add(MnistImage image, ReadOnlySpan<double> values)
    {
        IEnumerable<Prediction> ready = MakeRoom(forValues: true);
        foreach (InferenceSession session in Sessions)
        {
            values.CopyTo(session.Values.AsSpan(_pending.Count * MnistImage.PixelCount));
        }

        _pending.Add(image);
        return ready;
    }

    /// <summary>The predictions of all pending images.</summary>
    public IReadOnlyList<Prediction> Flush()
    {
        if (_pending.Count == 0)
        {
            return [];
        }

        // One image is too little work to share, and starting threads takes longer than computing it.
        _workers ??= _pending.Count > 1 ? new Workers(Environment.ProcessorCount) : null;
        foreach (InferenceSession session in Sessions)
        {
            session.Forward(_pending.Count, _holdsValues, _workers ?? Workers.Alone, _cancellation);
        }

        if (_cancellation.IsCancellationRequested)
        {
            return [];
        }

        Prediction[] predictions = new Prediction[_pending.Count];
        (_workers ?? Workers.Alone).For(predictions.Length, (_networks.Any(network => network.Temperature is not null) ? CalibratedWork : 0) * predictions.Length, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                predictions[i] = PredictionOf(i);
            }
        });
        _pending.Clear();
        return predictions;
    }

    /// <summary>Ends the threads, and puts the session back for the next call.</summary>
    public void Dispose()
    {
        _workers?.Dispose();
        if (Interlocked.Exchange(ref _sessions, null) is { } sessions)
        {
            foreach ((MnistNetwork network, InferenceSession session) in _networks.Zip(sessions))
            {
                InferenceSessionPool.Put(network, session);
            }
        }
    }

    private Prediction PredictionOf(int i)
    {
        MnistImage image = _pending[i];
        (int label, double[] scores, double likeness) = Read(i);
        IReadOnlyList<string> names = ClassNames.AreDigits(_classNames) ? image.ClassNames ?? ClassNames.Digits : _classNames;
        return ClassNames.AreDigits(names)
            ? new Prediction(image, label, scores, likeness, MinimumConfidence) { Loss = _networks[0].Loss }
            : new NamedPrediction(image, label, scores, likeness, MinimumConfidence) { Loss = _networks[0].Loss, ClassNames = names };
    }

    // The likeness of several networks is averaged like their scores.
    private (int Label, double[] Scores, double Likeness) Read(int image)
    {
        if (Sessions is [InferenceSession alone])
        {
            return alone.Read(image);
        }

        double[] means = new double[Loss<double>.Classes];
        double meanLikeness = 0;
        foreach (InferenceSession session in Sessions)
        {
            (_, double[] scores, double likeness) = session.Read(image);
            meanLikeness += likeness / Sessions.Length;
            for (int digit = 0; digit < means.Length; digit++)
            {
                means[digit] += scores[digit] / Sessions.Length;
            }
        }

        return (Array.IndexOf(means, means.Max()), means, meanLikeness);
    }

    private IReadOnlyList<Prediction> MakeRoom(bool forValues)
    {
        IReadOnlyList<Prediction> ready = _pending.Count == BatchSize || forValues != _holdsValues ? Flush() : [];
        _holdsValues = forValues;
        return ready;
    }
}
