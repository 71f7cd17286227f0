using MnistPS.Numerics;

namespace MnistPS.Execution;

/// <summary>Collects images one by one and predicts them in batches, in the order in which they came.</summary>
internal sealed class Predictor : IDisposable
{
    private const int BatchSize = Evaluator.BatchSize;

    private readonly CancellationToken _cancellation;
    private readonly MnistNetwork _network;
    private readonly List<MnistImage> _pending = [];
    private InferenceSession? _session;
    private Workers? _workers;
    private bool _holdsValues;

    /// <summary>Creates a predictor for a network's current state.</summary>
    /// <param name="network">The network.</param>
    /// <param name="cancellation">Ends the work; no more predictions are returned then.</param>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled before it was ready.</exception>
    public Predictor(MnistNetwork network, CancellationToken cancellation = default)
    {
        _cancellation = cancellation;
        _network = network;
        _session = InferenceSessionPool.Take(network, cancellation);
    }

    private InferenceSession InferenceSession => _session ?? throw new ObjectDisposedException(nameof(Predictor));

    /// <summary>Adds an image, and returns the predictions that are ready.</summary>
    public IEnumerable<Prediction> Add(MnistImage image)
    {
        IEnumerable<Prediction> ready = MakeRoom(forValues: false);
        image.Span.CopyTo(InferenceSession.Pixels.AsSpan(_pending.Count * MnistImage.PixelCount));
        _pending.Add(image);
        return ready;
    }

    /// <summary>Adds an image given as values, and returns the predictions that are ready.</summary>
    /// <param name="image">The image.</param>
    /// <param name="values">Its values from 0 to 1, (784), from which its grey values were rounded.</param>
    public IEnumerable<Prediction> Add(MnistImage image, ReadOnlySpan<double> values)
    {
        IEnumerable<Prediction> ready = MakeRoom(forValues: true);
        values.CopyTo(InferenceSession.Values.AsSpan(_pending.Count * MnistImage.PixelCount));
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
        InferenceSession.Forward(_pending.Count, _holdsValues, _workers ?? Workers.Alone, _cancellation);

        if (_cancellation.IsCancellationRequested)
        {
            return [];
        }

        Prediction[] predictions =
        [
            .. _pending.Select((image, i) =>
            {
                (int label, double[] scores) = InferenceSession.Read(i);
                return new Prediction(image, label, scores) { Loss = _network.Loss };
            }),
        ];
        _pending.Clear();
        return predictions;
    }

    /// <summary>Ends the threads, and puts the session back for the next call.</summary>
    public void Dispose()
    {
        _workers?.Dispose();
        if (Interlocked.Exchange(ref _session, null) is { } session)
        {
            InferenceSessionPool.Put(_network, session);
        }
    }

    private IReadOnlyList<Prediction> MakeRoom(bool forValues)
    {
        IReadOnlyList<Prediction> ready = _pending.Count == BatchSize || forValues != _holdsValues ? Flush() : [];
        _holdsValues = forValues;
        return ready;
    }
}
