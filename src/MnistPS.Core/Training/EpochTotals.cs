using System.Runtime.CompilerServices;

namespace MnistPS.Training;

/// <summary>The totals of an epoch so far.</summary>
internal sealed class EpochTotals
{
    /// <summary>Images trained on.</summary>
    public int Images { get; private set; }

    /// <summary>Images classified correctly, before their step.</summary>
    public int Correct { get; private set; }

    /// <summary>The sum of their losses.</summary>
    public double Error { get; private set; }

    /// <summary>The fraction of images classified correctly.</summary>
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
