using System.Numerics;

namespace MnistPS;

/// <summary>
/// The 20 × 20 box in which MNIST's digits were drawn before they were centred in 28 × 28 by their centre of mass
/// (LeCun, Cortes and Burges, "The MNIST database of handwritten digits").
/// </summary>
/// <param name="ink">Room for the box, 400 values, all zero.</param>
internal readonly ref struct InkCanvas(Span<float> ink)
{
    /// <summary>Rows and columns of the box.</summary>
    internal const int Side = 20;

    // Pixels from white to full ink, across the edge of a stroke.
    private const float EdgeWidth = 1.1f;

    private readonly Span<float> _ink = ink;

    /// <summary>Draws a straight piece of a stroke with round ends, over what is there.</summary>
    /// <param name="from">Where it starts, in pixels from the box's upper left corner.</param>
    /// <param name="to">Where it ends.</param>
    /// <param name="fromRadius">Half the stroke's width at the start, in pixels.</param>
    /// <param name="toRadius">Half the stroke's width at the end, in pixels.</param>
    internal void DrawLine(Vector2 from, Vector2 to, float fromRadius, float toRadius)
    {
        Vector2 reach = new(MathF.Max(fromRadius, toRadius) + (EdgeWidth / 2) + 0.5f);
        Vector2 low = Vector2.Clamp(Vector2.Min(from, to) - reach, Vector2.Zero, new Vector2(Side));
        Vector2 high = Vector2.Clamp(Vector2.Max(from, to) + reach, Vector2.Zero, new Vector2(Side));
        Vector2 along = to - from;
        float inverseSquaredLength = 1 / MathF.Max(along.LengthSquared(), 1e-9f);

        for (int row = (int)low.Y; row < (int)high.Y; row++)
        {
            for (int column = (int)low.X; column < (int)high.X; column++)
            {
                Vector2 offset = new Vector2(column + 0.5f, row + 0.5f) - from;
                float share = Math.Clamp(Vector2.Dot(offset, along) * inverseSquaredLength, 0, 1);
                float radius = fromRadius + (share * (toRadius - fromRadius));
                float depth = radius - (offset - (share * along)).Length();
                ref float pixel = ref _ink[(row * Side) + column];
                pixel = MathF.Max(pixel, (depth / EdgeWidth) + 0.5f);
            }
        }
    }

    /// <summary>Copies the box with its centre of mass in the middle of the image, to the nearest pixel.</summary>
    /// <param name="pixels">Grey values, (28, 28), all zero.</param>
    /// <param name="middle">The middle, across and down, in pixels from the image's upper left corner.</param>
    internal void CopyCentred(Span<byte> pixels, float middle = MnistImage.Side / 2)
    {
        float mass = 0, massX = 0, massY = 0;
        for (int i = 0; i < _ink.Length; i++)
        {
            float ink = MathF.Min(_ink[i], 1);
            mass += ink;
            massX += ink * ((i % Side) + 0.5f);
            massY += ink * ((i / Side) + 0.5f);
        }

        int left = Offset(middle - (massX / mass));
        int top = Offset(middle - (massY / mass));
        for (int row = 0; row < Side; row++)
        {
            Span<byte> target = pixels.Slice(((row + top) * MnistImage.Side) + left, Side);
            for (int column = 0; column < Side; column++)
                target[column] = (byte)((255 * MathF.Min(_ink[(row * Side) + column], 1)) + 0.5f);
        }
    }

    private static int Offset(float distance) => Math.Clamp((int)(distance + 0.5f), 0, MnistImage.Side - Side);
}
