using MnistPS.Networks;

namespace MnistPS.Training;

/// <summary>Tracks the validation error, keeps the best network, and ends training after too many epochs without a better one.</summary>
internal sealed class EarlyStopping
{
    private readonly int _patience;

    public EarlyStopping(int patience, EarlyStoppingState? state = null)
    {
        _patience = patience;
        State = state ?? new EarlyStoppingState(double.PositiveInfinity, 0, null);
    }

    /// <summary>The smallest validation error so far, and the network that had it.</summary>
    public EarlyStoppingState State { get; private set; }

    /// <summary>Stores the calibration of the best network.</summary>
    public void Take(NetworkCalibration calibration) => State = State with { Best = State.Best! with { Calibration = calibration } };

    /// <summary>Records an epoch's validation error, and returns whether the training ends with it.</summary>
    public bool IsOver(double error, NetworkState state)
    {
        State = error < State.BestError ? new EarlyStoppingState(error, 0, state) : State with { Waited = State.Waited + 1 };
        return State.Waited >= _patience;
    }
}
