namespace MnistPS.Plots;

/// <summary>
/// Draws plots: plain data in, bytes out. Who implements it brings a graphics library along, which lives in a load context of its own; so no type
/// of that library is ever a parameter or a result.
/// </summary>
internal interface IPlotRenderer
{
    /// <summary>The bytes of a picture.</summary>
    /// <param name="plot">What to draw.</param>
    /// <param name="format">The format.</param>
    /// <param name="width">Its width in pixels.</param>
    /// <param name="height">Its height in pixels.</param>
    /// <param name="theme">Its colours.</param>
    byte[] Render(Plot plot, PlotFormat format, int width, int height, PlotTheme theme);
}
