namespace MnistPS;

/// <summary>The loss at one rate of a sweep.</summary>
public sealed class LearningRatePoint
{
    internal LearningRatePoint(double rate, double loss, double smoothedLoss)
    {
        Rate = rate;
        Loss = loss;
        SmoothedLoss = smoothedLoss;
    }

    /// <summary>The learning rate of the step.</summary>
    public double Rate { get; }

    /// <summary>The mean loss of the step's images, before the step.</summary>
    public double Loss { get; }

    /// <summary>The mean of the losses so far, the later ones weighing more.</summary>
    public double SmoothedLoss { get; }

    /// <summary>Both in a line, such as <c>rate 0.001, loss 1.234</c>.</summary>
    public override string ToString() => FormattableString.Invariant($"rate {Rate:G3}, loss {SmoothedLoss:G4}");
}
