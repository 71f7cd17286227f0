using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>
/// A dense layer on the pixels of an image, x = grey / 255. Four fifths of them are zero, and a zero pixel adds nothing to the output
/// nor to the gradient, so only the others are visited. The weights lie panel after panel, each (784, units of the panel).
/// </summary>
internal abstract unsafe class ImageDense<T> : DenseLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Inputs.</summary>
    protected const int Pixels = MnistImage.PixelCount;

    private readonly int _outputs;

    /// <summary>A layer of some units.</summary>
    /// <param name="outputs">Units.</param>
    /// <param name="hasBias">Whether a number is added to each unit.</param>
    /// <param name="capacity">The most images in a batch.</param>
    /// <param name="withGradients">Whether gradients will come back.</param>
    protected ImageDense(int outputs, bool hasBias, int capacity, bool withGradients)
        : base(outputs, PanelsOf(outputs), capacity, withGradients, CreateWeights(outputs), hasBias)
    {
        _outputs = outputs;
    }

    /// <inheritdoc/>
    public override long Work => (long)Pixels * _outputs / 5;

    /// <summary>Multiplies listed images by the weights of the units of a part.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="images">The images.</param>
    /// <param name="part">Which images, and which units of them.</param>
    /// <param name="target">Where the products of the first image go.</param>
    /// <param name="initial">A row that they are added to, or null for 0.</param>
    protected void Multiply(Kernels<T> kernels, ImageLists<T> images, in Part part, T* target, T* initial)
    {
        for (int panel = 0; panel < Units.Count; panel++)
        {
            int start = Units.Start(panel);
            if (start < part.First || start >= part.End)
            {
                continue;
            }

            int width = Units.Width(panel);
            kernels.Multiply(
                images.ByImage, part.From, part.To, Weights.Values + (nint)Pixels * start, width, width,
                target + part.Run(0) - part.First + start, part.ImageStride, initial == null ? null : initial + start, 0);
        }
    }

    /// <summary>Adds what listed images and their units' gradients give to some pieces of the weights' target.</summary>
    /// <param name="kernels">The kernels.</param>
    /// <param name="byPixel">The images by pixel.</param>
    /// <param name="greys">The numbers that grey values become.</param>
    /// <param name="count">Images.</param>
    /// <param name="gradients">The gradients of the first image's units.</param>
    /// <param name="from">The first piece.</param>
    /// <param name="to">The piece after the last.</param>
    protected void Accumulate(Kernels<T> kernels, ByteColumns byPixel, T* greys, int count, T* gradients, int from, int to)
    {
        for (int piece = from; piece < to;)
        {
            (int panel, int first, int end) = Panels<T>.Next(ref piece, to);
            int start = Units.Start(panel);
            int width = Units.Width(panel);
            int place = Pixels * start + FirstPixel(first) * width;
            Weights.ClearGradients(place, (FirstPixel(end) - FirstPixel(first)) * width);
            kernels.AddTransposed(
                byPixel, greys, count, FirstPixel(first), FirstPixel(end),
                gradients + start, Output.ImageStride, width, Weights.Target + place, width);
        }
    }

    private static int FirstPixel(int piece) => Pixels * piece / Panels<T>.Pieces;

    private static Panels<T> PanelsOf(int outputs) => new(outputs, Kernels<T>.Best.WidestSparsePanel);

    private static Parameter<T> CreateWeights(int outputs)
    {
        Panels<T> units = PanelsOf(outputs);
        int[] offsets = new int[checked(Pixels * outputs)];
        List<int> cuts = [];
        for (int panel = 0; panel < units.Count; panel++)
        {
            int start = units.Start(panel);
            int width = units.Width(panel);
            for (int pixel = 0; pixel < Pixels; pixel++)
            {
                for (int unit = 0; unit < width && start + unit < outputs; unit++)
                {
                    offsets[pixel * outputs + start + unit] = Pixels * start + pixel * width + unit;
                }
            }

            for (int piece = 0; piece < Panels<T>.Pieces; piece++)
            {
                cuts.Add(Pixels * start + FirstPixel(piece) * width);
            }
        }

        cuts.Add(Pixels * units.Start(units.Count));
        return new Parameter<T>(offsets, cuts);
    }
}
