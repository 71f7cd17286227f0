using MnistPS.Networks;

namespace MnistPS.Training;

/// <summary>Watches the validation error, keeps the best network, and says when waiting for a better one has been long enough.</summary>
internal sealed class EarlyStopping
{
    private readonly int _patience;
    private double _bestError = double.PositiveInfinity;
    private int _waited;

    public EarlyStopping(int patience)
    {
        _patience = patience;
    }

    /// <summary>The network with the smallest validation error so far.</summary>
    public NetworkState? Best { get; private set; }

    /// <summary>Hears an epoch's validation error, and says whether training ends with it.</summary>
    public bool IsOver(double error, NetworkState state)
    {
        if (error < _bestError)
        {
            (_bestError, Best, _waited) = (error, state, 0);
            return false;
        }

        return ++_waited >= _patience;
    }
}
