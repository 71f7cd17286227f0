using System.Numerics;
using MnistPS.Layers;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Execution;

/// <summary>
/// A dense layer on the pixels of an image, x = grey / 255. Four fifths of them are zero and add nothing to output or gradient, so only nonzero pixels
/// are visited. The weights are stored panel after panel, each (784, units of the panel).
/// </summary>
internal abstract unsafe class InputDense<T> : DenseLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Number of inputs.</summary>
    protected const int Pixels = MnistImage.PixelCount;

    private readonly int _outputs;

    /// <summary>Creates a layer.</summary>
    /// <param name="outputs">Number of units.</param>
    /// <param name="hasBias">Whether it has a bias.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="withGradients">Whether gradients are computed.</param>
    protected InputDense(int outputs, bool hasBias, int capacity, bool withGradients)
        : base(outputs, PanelsOf(outputs), capacity, withGradients, CreateWeights(outputs), hasBias)
    {
        _outputs = outputs;
    }

    /// <inheritdoc/>
    public override long Work => (long)Pixels * _outputs / 5;

    /// <summary>The first pixel of a piece of a panel.</summary>
    protected static int FirstPixel(int piece) => Pixels * piece / Panels<T>.Pieces;

    private static Panels<T> PanelsOf(int outputs) => new(outputs, Kernels<T>.Best.WidestSparsePanel);

    private static Parameter<T> CreateWeights(int outputs)
    {
        Panels<T> units = PanelsOf(outputs);
        int[] offsets = new int[checked(Pixels * outputs)];
        for (int panel = 0; panel < units.Count; panel++)
        {
            int start = units.Start(panel);
            Offsets.Place(offsets.AsSpan(start), Pixels, outputs, units.UnitCount(panel), Pixels * start, units.Width(panel), 1);
        }

        return new Parameter<T>(offsets);
    }
}
