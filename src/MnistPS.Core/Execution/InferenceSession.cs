using MnistPS.Networks;
using MnistPS.Numerics;

namespace MnistPS.Execution;

/// <summary>A network ready for inference: its weights in the layout of the kernels, and room for a batch. It has no threads of its own.</summary>
internal sealed class InferenceSession
{
    private readonly Evaluator _evaluator;
    private double[]? _values;
    private NetworkState _state;

    /// <summary>Creates a session for a network in a state.</summary>
    /// <exception cref="MnistException">It does not fit into memory (<c>NetworkTooLarge</c>).</exception>
    public InferenceSession(NetworkDefinition definition, NetworkState state, CancellationToken cancellation)
    {
        _evaluator = Evaluator.Create(definition, state, Workers.Alone, cancellation);
        _state = state;
    }

    /// <summary>The grey values of a batch, 784 an image.</summary>
    public byte[] Pixels { get; } = new byte[Evaluator.BatchSize * MnistImage.PixelCount];

    /// <summary>The values of a batch whose images are given as values, 784 an image.</summary>
    public double[] Values => _values ??= new double[Evaluator.BatchSize * MnistImage.PixelCount];

    /// <summary>Switches to another state of the same network.</summary>
    /// <returns>False if that state has another precision.</returns>
    public bool TryLoad(NetworkState state, CancellationToken cancellation)
    {
        if (state.Precision != _state.Precision)
        {
            return false;
        }

        // A state is never modified, so a loaded one need not be loaded again.
        if (!ReferenceEquals(state, _state))
        {
            _evaluator.Load(state, cancellation);
            _state = state;
        }

        return true;
    }

    /// <summary>Computes the outputs of the first images of <see cref="Pixels"/> or of <see cref="Values"/>; if cancelled, of some of them.</summary>
    public void Forward(int count, bool areValues, Workers workers, CancellationToken cancellation)
    {
        _evaluator.Workers = workers;
        _evaluator.Cancellation = cancellation;
        if (areValues)
        {
            _evaluator.Forward(Values, count);
        }
        else
        {
            _evaluator.Forward(Pixels, count);
        }
    }

    /// <summary>
    /// The scores of an image of the last batch, (10), the digit of the largest one, and the likeness of the image to a digit, from 0 to 1. The likeness
    /// is 1 if the network is not calibrated.
    /// </summary>
    public (int Label, double[] Scores, double Likeness) Read(int image)
    {
        if (_state.Calibration is not { } calibration)
        {
            (int read, double[] plain) = _evaluator.Read(image, temperature: 1);
            return (read, plain, 1);
        }

        (int label, double[] scores) = _evaluator.Read(image, calibration.Temperature);
        Span<float> numbers = stackalloc float[MnistImage.PixelCount];
        _evaluator.CopyNumbers(image, numbers);
        return (label, scores, calibration.Likeness(numbers, label));
    }
}
