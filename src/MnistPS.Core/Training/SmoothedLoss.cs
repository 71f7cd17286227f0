namespace MnistPS.Training;

/// <summary>
/// A bias-corrected exponential moving average of losses, as in fastai's and Lightning's learning rate finders: the average is divided by the sum of its
/// weights so far (Kingma and Ba, arXiv:1412.6980, section 3).
/// </summary>
internal sealed class SmoothedLoss
{
    private const double Memory = 0.98;

    // Both end at so many times the best loss.
    private const double Hopeless = 4;

    private double _sum;
    private double _weight;
    private double _best = double.PositiveInfinity;

    /// <summary>Whether the average has diverged, or is NaN.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Adds a loss, and returns the average.</summary>
    public double Add(double loss)
    {
        _sum = Memory * _sum + (1 - Memory) * loss;
        _weight = Memory * _weight + (1 - Memory);
        double mean = _sum / _weight;
        _best = Math.Min(_best, mean);
        IsHopeless = !(mean <= Hopeless * _best);
        return mean;
    }
}
