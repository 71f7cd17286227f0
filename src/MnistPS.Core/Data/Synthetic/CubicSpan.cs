using System.Numerics;

namespace MnistPS;

/// <summary>
/// The curve between two points of a centripetal Catmull-Rom spline, which neither loops nor overshoots where points lie close together.
/// Source: Yuksel, Schaefer and Keyser, "Parameterization and applications of Catmull-Rom curves", Computer-Aided Design 43, 2011.
/// </summary>
internal readonly struct CubicSpan
{
    private readonly Vector2 _start;
    private readonly Vector2 _end;
    private readonly Vector2 _startTangent;
    private readonly Vector2 _endTangent;

    /// <summary>The curve from <paramref name="start"/> to <paramref name="end"/>, with their neighbours before and after.</summary>
    internal CubicSpan(Vector2 before, Vector2 start, Vector2 end, Vector2 after)
    {
        float knotBefore = Knot(before, start);
        float knot = Knot(start, end);
        float knotAfter = Knot(end, after);
        _start = start;
        _end = end;
        _startTangent = end - start + (knot * (((start - before) / knotBefore) - ((end - before) / (knotBefore + knot))));
        _endTangent = end - start + (knot * (((after - end) / knotAfter) - ((after - start) / (knot + knotAfter))));
    }

    /// <summary>The point at parameter <paramref name="t"/>, 0 to 1.</summary>
    internal Vector2 At(float t)
    {
        float s = 1 - t;
        return (s * s * (1 + (2 * t)) * _start) + (s * s * t * _startTangent) + (t * t * (1 + (2 * s)) * _end) - (t * t * s * _endTangent);
    }

    // The square root of the distance; never zero, since points may coincide.
    private static float Knot(Vector2 a, Vector2 b) => MathF.Sqrt(MathF.Max(Vector2.Distance(a, b), 1e-3f));
}
