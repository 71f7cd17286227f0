namespace MnistPS.Training;

/// <summary>How far a training has come.</summary>
/// <param name="Epoch">The epoch under way, counted from 0 in this training.</param>
/// <param name="Epochs">Epochs of this training.</param>
/// <param name="Images">Images of the epoch that are done.</param>
/// <param name="Count">Images of an epoch.</param>
/// <param name="Accuracy">The share of them read right.</param>
/// <param name="Elapsed">Time since the training began.</param>
internal readonly record struct TrainingProgress(int Epoch, int Epochs, int Images, int Count, double Accuracy, TimeSpan Elapsed)
{
    /// <summary>What is done of the whole, from 0 to 1.</summary>
    public double Done => (Epoch + (double)Images / Count) / Epochs;

    /// <summary>Time that is left at the speed so far, or the longest that can be shown.</summary>
    public TimeSpan Left => Done > 0 ? TimeSpan.FromSeconds(Math.Min(Elapsed.TotalSeconds * (1 - Done) / Done, int.MaxValue)) : TimeSpan.Zero;
}
