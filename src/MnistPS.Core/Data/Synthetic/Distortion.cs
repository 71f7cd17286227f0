using System.Numerics;
using System.Runtime.CompilerServices;

namespace MnistPS;

/// <summary>
/// The distortion of one digit: a smooth elastic warp, then slant, stretch and rotation. The warp is a bicubic Bézier patch of random displacements; it
/// adds, multiplies and divides only, so that every platform draws the same.
/// </summary>
internal struct Distortion
{
    // Standard deviations at full haste, and the usual slant; as strong as a person can still read without effort.
    private const float WarpStrength = 11;
    private const float MeanSlant = 0.1f;
    private const float SlantSpread = 0.24f;
    private const float StretchSpread = 0.15f;
    private const float HalfTurnSpread = 0.05f;

    private Displacements _warp;
    private Vector2 _column0;
    private Vector2 _column1;

    /// <summary>Draws a distortion.</summary>
    /// <param name="random">The source of random values.</param>
    /// <param name="haste">The strength; 0 distorts nothing.</param>
    internal Distortion(ref SplitMix64 random, float haste)
    {
        for (int i = 0; i < Displacements.Count; i++)
            _warp[i] = haste * WarpStrength * new Vector2(random.NextBell(), random.NextBell());

        float slant = MeanSlant + (haste * SlantSpread * random.NextBell());
        float stretch = haste * StretchSpread * random.NextBell();
        float width = (1 + stretch) / (1 - stretch);

        // A rotation from the tangent of half its angle.
        float t = haste * HalfTurnSpread * random.NextBell();
        float cosine = (1 - (t * t)) / (1 + (t * t));
        float sine = 2 * t / (1 + (t * t));
        _column0 = width * new Vector2(cosine, sine);
        _column1 = new Vector2((-slant * cosine) - sine, (-slant * sine) + cosine);
    }

    /// <summary>The distorted position of a point.</summary>
    internal readonly Vector2 Apply(Vector2 point)
    {
        Vector4 x = Bernstein(point.X / 100);
        Vector4 y = Bernstein(point.Y / 100);
        for (int row = 0; row < 4; row++)
        {
            for (int column = 0; column < 4; column++)
                point += y[row] * x[column] * _warp[(4 * row) + column];
        }

        return (point.X * _column0) + (point.Y * _column1);
    }

    private static Vector4 Bernstein(float t)
    {
        float s = 1 - t;
        return new Vector4(s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t);
    }

    [InlineArray(Count)]
    private struct Displacements
    {
        internal const int Count = 16;
        private Vector2 _first;
    }
}
