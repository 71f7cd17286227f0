namespace MnistPS.Training;

/// <summary>The progress of a training.</summary>
/// <param name="Epoch">The current epoch, from 0 in this training.</param>
/// <param name="Epochs">Epochs of this training.</param>
/// <param name="Images">Images of the epoch so far.</param>
/// <param name="Count">Images of an epoch.</param>
/// <param name="Accuracy">The fraction of them classified correctly.</param>
/// <param name="Elapsed">Time since the training began.</param>
/// <param name="Limit">The time after which it ends in any case, or null.</param>
internal readonly record struct TrainingProgress(int Epoch, int Epochs, int Images, int Count, double Accuracy, TimeSpan Elapsed, TimeSpan? Limit = null)
{
    /// <summary>The completed fraction of the whole, from 0 to 1.</summary>
    public double Done => (Epoch + (double)Images / Count) / Epochs;

    /// <summary>Seconds left at the speed so far, no more than the limit leaves nor than an int holds; null while nothing is done.</summary>
    public int? SecondsLeft
    {
        get
        {
            double left = Elapsed.TotalSeconds * (1 - Done) / Done;
            double limit = Limit is TimeSpan end ? Math.Max(0, (end - Elapsed).TotalSeconds) : int.MaxValue;
            return Done > 0 ? (int)Math.Min(Math.Min(left, limit), int.MaxValue) : null;
        }
    }
}
