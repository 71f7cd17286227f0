namespace MnistPS.Training;

/// <summary>
/// An exponential mean of losses without a bias towards its start, as fastai's and Lightning's learning rate finders have it: the mean is divided by the
/// weight that it has met so far (Kingma and Ba, arXiv:1412.6980, section 3).
/// </summary>
internal sealed class SmoothedLoss
{
    private const double Memory = 0.98;

    // Beyond so many times the best loss both of them end.
    private const double Hopeless = 4;

    private double _sum;
    private double _weight;
    private double _best = double.PositiveInfinity;

    /// <summary>Whether the mean has grown beyond all use, or is no number.</summary>
    public bool IsHopeless { get; private set; }

    /// <summary>Takes a loss, and gives the mean with it.</summary>
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
