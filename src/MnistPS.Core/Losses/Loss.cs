using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS.Losses;

/// <summary>The loss of a network's outputs.</summary>
internal abstract unsafe class Loss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Outputs of the network, one a digit.</summary>
    public const int Classes = 10;

    /// <summary>Cost of an image's loss and gradient, in multiplications.</summary>
    public const long Work = 2_000;

    /// <summary>Creates a loss.</summary>
    public static Loss<T> Create(LossKind kind, double labelSmoothing) => kind switch
    {
        LossKind.SquaredError => new SquaredError<T>(labelSmoothing),
        LossKind.CrossEntropy => new CrossEntropy<T>(labelSmoothing),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The loss of one image.</summary>
    /// <param name="outputs">The network's outputs, (10).</param>
    /// <param name="label">The image's digit.</param>
    public abstract double Error(T* outputs, int label);

    /// <summary>The gradient of what training descends, times a factor.</summary>
    /// <param name="outputs">The network's outputs, (10).</param>
    /// <param name="label">The image's digit.</param>
    /// <param name="factor">The factor.</param>
    /// <param name="gradient">Receives the gradient, (10).</param>
    /// <returns>The loss of the image, as <see cref="Error"/> gives it.</returns>
    public abstract double Gradient(T* outputs, int label, T factor, T* gradient);

    /// <summary>The outputs as scores that people read: as they are, or as probabilities.</summary>
    /// <param name="outputs">The network's outputs, (10).</param>
    /// <param name="temperature">What outputs are divided by before they become probabilities; 1 leaves them as they are.</param>
    /// <param name="scores">Where the scores go, (10).</param>
    public abstract void Scores(T* outputs, double temperature, Span<double> scores);

    /// <summary>The index of the largest output, of several the first, as NumPy's argmax.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int ArgMax(T* outputs)
    {
        int best = 0;
        for (int i = 1; i < Classes; i++)
        {
            if (outputs[i] > outputs[best])
            {
                best = i;
            }
        }

        return best;
    }
}
