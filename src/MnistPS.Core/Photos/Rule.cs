namespace MnistPS.Photos;

/// <summary>A printed rule.</summary>
/// <param name="Line">Its centre line.</param>
/// <param name="Span">The number of columns from its first to its last.</param>
/// <param name="Thickness">Its median thickness, in pixels.</param>
internal sealed record Rule(Parabola Line, int Span, int Thickness)
{
    // The longest vertical run of ink through a rule, in thicknesses of the rule. Its blurred edge adds a pixel.
    private const double DepthInThicknesses = 1.6;

    /// <summary>The longest vertical run of ink through the rule, and the largest distance of its pixels from its centre line.</summary>
    public double Depth => DepthOf(Thickness);

    /// <summary>The longest vertical run of ink through a rule of a thickness.</summary>
    public static double DepthOf(int thickness) => (DepthInThicknesses * thickness) + 1;

    /// <summary>Whether the middle of a run is on the rule.</summary>
    public bool Holds(InkRun run) => Holds(run.Middle, run.Row);

    /// <summary>Whether a place is on the rule.</summary>
    public bool Holds(double column, double row) => Math.Abs(Line.At(column) - row) <= Depth;
}
