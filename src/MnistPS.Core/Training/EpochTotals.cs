using System.Runtime.CompilerServices;

namespace MnistPS.Training;

/// <summary>What an epoch has met so far.</summary>
internal sealed class EpochTotals
{
    /// <summary>Images trained on.</summary>
    public int Images { get; private set; }

    /// <summary>Those read right, before their step.</summary>
    public int Correct { get; private set; }

    /// <summary>The sum of their errors.</summary>
    public double Error { get; private set; }

    /// <summary>The share of images read right.</summary>
    public double Accuracy => Images == 0 ? 0 : (double)Correct / Images;

    /// <summary>Counts an image.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(double error, bool isCorrect)
    {
        Error += error;
        Correct += isCorrect ? 1 : 0;
        Images++;
    }
}
