using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace MnistPS;

/// <summary>
/// Varies images at random, each by a key: the same key and image give the same bytes on every platform and thread. All kinds are combined into one
/// smooth map from target pixels to places of the image, so that an image is sampled once.
/// </summary>
/// <remarks>
/// The map is a surface of uniform cubic B-splines with control points 8 pixels apart. Such a surface reproduces an affine map exactly, so that shift,
/// rotation and scale only move the control points. Random control points give the smoothed random field of the elastic kind, because the spline's kernel
/// is near a Gaussian of 8/√3 = 4.6 pixels. A surface stays within the hull of its control points, so no pixel is displaced further than they are.
/// Sources: P. Y. Simard, D. Steinkraus and J. C. Platt, "Best Practices for Convolutional Neural Networks Applied to Visual Document
/// Analysis", ICDAR 2003 (the elastic distortion, there with a Gaussian of 4 pixels); M. Unser, "Splines: A Perfect Fit for Signal and
/// Image Processing", IEEE Signal Processing Magazine 16(6), 1999.
/// </remarks>
internal sealed class Augmenter
{
    private const int Side = MnistImage.Side;

    // Four spans of the spline cover 28 pixels and need 4 + 3 control points a row, kept in rows of 8.
    private const int Spacing = 8;
    private const int SpanCount = 4;
    private const int ControlCount = 7;
    private const int ControlStride = 8;

    // The frame pads the image with empty pixels: one before it, and two behind it, so that the last place has neighbours to the right and below.
    private const int FrameStride = 32;
    private const int FrameSize = (Side + 3) * FrameStride;
    private const int LastInFrame = Side + 1;

    // Places in the frame are in 1/256 pixels.
    private const int FractionBits = 8;
    private const int One = 1 << FractionBits;

    // The weight of control point k = 0 … 3 at pixel i = 0 … 7 of a span, at [8k + i].
    private static readonly float[] _weights = CreateWeights();

    private readonly int _shift;
    private readonly float _tangent;
    private readonly float _scale;
    private readonly float _scatter;

    /// <summary>An augmenter that applies all of some kinds; with none it copies.</summary>
    public Augmenter(IReadOnlyList<Augmentation> kinds)
    {
        // Strengths: pixels each way; tan 6°, the tangent of half the angle; fraction of the size; pixels each way, a mean displacement of 1.
        _shift = kinds.Contains(Augmentation.Shift) ? 2 : 0;
        _tangent = kinds.Contains(Augmentation.Rotate) ? 0.10510424f : 0;
        _scale = kinds.Contains(Augmentation.Scale) ? 0.1f : 0;
        _scatter = kinds.Contains(Augmentation.Elastic) ? 3 : 0;
    }

    /// <summary>Varies an image.</summary>
    /// <param name="image">784 grey values; what lies outside is 0.</param>
    /// <param name="target">Receives 784 grey values.</param>
    /// <param name="key">Determines the variation; different for each image and epoch.</param>
    public unsafe void Apply(ReadOnlySpan<byte> image, Span<byte> target, ulong key)
    {
        Span<float> columns = stackalloc float[ControlCount * ControlStride];
        Span<float> rows = stackalloc float[ControlCount * ControlStride];
        PlaceControls(columns, rows, key);

        byte* frame = stackalloc byte[FrameSize];
        Fill(new Span<byte>(frame, FrameSize), image);

        ReadOnlySpan<float> weights = _weights;
        Span<float> columnsOfRow = stackalloc float[ControlStride];
        Span<float> rowsOfRow = stackalloc float[ControlStride];
        Span<byte> line = stackalloc byte[SpanCount * Spacing];
        for (int row = 0; row < Side; row++)
        {
            Blend(columns, weights, row, columnsOfRow);
            Blend(rows, weights, row, rowsOfRow);
            for (int span = 0; span < SpanCount; span++)
            {
                Vector256<int> x = Place(columnsOfRow[span..], weights);
                Vector256<int> y = Place(rowsOfRow[span..], weights);
                MemoryMarshal.Write(line[(span * Spacing)..], Sample(frame, x, y));
            }

            line[..Side].CopyTo(target[(row * Side)..]);
        }
    }

    /// <summary>Copies an image into its frame.</summary>
    private static void Fill(Span<byte> frame, ReadOnlySpan<byte> image)
    {
        frame.Clear();
        for (int row = 0; row < Side; row++)
            image.Slice(row * Side, Side).CopyTo(frame[(((row + 1) * FrameStride) + 1)..]);
    }

    /// <summary>Sets each control point to the place in the frame that its pixel samples, in 1/256 pixels.</summary>
    private void PlaceControls(Span<float> columns, Span<float> rows, ulong key)
    {
        const float Center = (Side - 1) / 2f;
        SplitMix64 random = new(key);
        int right = random.NextBelow((2 * _shift) + 1) - _shift;
        int down = random.NextBelow((2 * _shift) + 1) - _shift;

        // Without Math.Sin and Math.Cos, whose last bit differs between platforms.
        (float turn, float growth) = NextPair(ref random);
        float tangent = _tangent * turn;
        float divisor = (1 + (tangent * tangent)) * (1 + (_scale * growth));
        float cosine = (1 - (tangent * tangent)) / divisor;
        float sine = 2 * tangent / divisor;

        for (int i = 0; i < ControlCount; i++)
        {
            float y = ((i - 1) * Spacing) - Center - down;
            for (int j = 0; j < ControlCount; j++)
            {
                float x = ((j - 1) * Spacing) - Center - right;
                (float bendX, float bendY) = NextPair(ref random);
                int at = (i * ControlStride) + j;
                columns[at] = One * (Center + 1 + (cosine * x) + (sine * y) + (_scatter * bendX));
                rows[at] = One * (Center + 1 - (sine * x) + (cosine * y) + (_scatter * bendY));
            }
        }
    }

    /// <summary>Two values in [-1, 1).</summary>
    private static (float, float) NextPair(ref SplitMix64 random)
    {
        const float Unit = 1f / (1u << 31);
        ulong bits = random.Next();
        return (Unit * (int)bits, Unit * (int)(bits >> 32));
    }

    /// <summary>The control points of one row of pixels, blended from the four rows around it.</summary>
    private static void Blend(ReadOnlySpan<float> controls, ReadOnlySpan<float> weights, int row, Span<float> blended)
    {
        (int span, int offset) = (row / Spacing, row % Spacing);
        Vector256<float> sum = default;
        for (int k = 0; k < 4; k++)
            sum += weights[(k * Spacing) + offset] * Vector256.Create(controls.Slice((span + k) * ControlStride, ControlStride));

        sum.CopyTo(blended);
    }

    /// <summary>The places of the pixels of one span of a row, clamped to the frame.</summary>
    // Multiplied and added apart, never fused, so that all processors round alike; the native forms differ only on NaN and overflow, which cannot occur.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Place(ReadOnlySpan<float> controls, ReadOnlySpan<float> weights)
    {
        Vector256<float> place = Vector256.Create(0.5f)
            + (controls[0] * Vector256.Create(weights))
            + (controls[1] * Vector256.Create(weights[Spacing..]))
            + (controls[2] * Vector256.Create(weights[(2 * Spacing)..]))
            + (controls[3] * Vector256.Create(weights[(3 * Spacing)..]));
        return Vector256.ConvertToInt32Native(Vector256.ClampNative(place, default, Vector256.Create((float)(LastInFrame * One))));
    }

    /// <summary>Interpolates the grey values at eight places bilinearly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe ulong Sample(byte* frame, Vector256<int> x, Vector256<int> y)
    {
        Vector256<int> at = ((y >> FractionBits) * FrameStride) + (x >> FractionBits);
        Vector256<uint> corners = Vector256.Create(
            Corners(frame, at[0]), Corners(frame, at[1]), Corners(frame, at[2]), Corners(frame, at[3]),
            Corners(frame, at[4]), Corners(frame, at[5]), Corners(frame, at[6]), Corners(frame, at[7]));
        Vector256<uint> one = Vector256.Create((uint)One);
        Vector256<uint> low = Vector256.Create(255u);
        Vector256<uint> right = x.AsUInt32() & low;
        Vector256<uint> down = y.AsUInt32() & low;
        Vector256<uint> upper = ((corners & low) * (one - right)) + (((corners >> 8) & low) * right);
        Vector256<uint> lower = (((corners >> 16) & low) * (one - right)) + ((corners >> 24) * right);
        Vector256<uint> value = ((upper * (one - down)) + (lower * down) + Vector256.Create(1u << 15)) >> (2 * FractionBits);

        Vector128<ushort> narrow = Vector128.Narrow(value.GetLower(), value.GetUpper());
        return Vector128.Narrow(narrow, narrow).AsUInt64().ToScalar();
    }

    /// <summary>A pixel, its right neighbour, and the two below them, from the lowest byte up.</summary>
    private static unsafe uint Corners(byte* frame, int at) => *(ushort*)(frame + at) | ((uint)*(ushort*)(frame + at + FrameStride) << 16);

    private static float[] CreateWeights()
    {
        float[] weights = new float[4 * Spacing];
        for (int i = 0; i < Spacing; i++)
        {
            float t = (float)i / Spacing;
            weights[i] = (1 - t) * (1 - t) * (1 - t) / 6;
            weights[Spacing + i] = ((((3 * t) - 6) * t * t) + 4) / 6;
            weights[(2 * Spacing) + i] = ((((((-3 * t) + 3) * t) + 3) * t) + 1) / 6;
            weights[(3 * Spacing) + i] = t * t * t / 6;
        }

        return weights;
    }
}
