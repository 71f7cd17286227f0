namespace MnistPS.Plots;

/// <summary>
/// Renders plots: plain data in, bytes out. The implementation brings a graphics library, which has a load context of its own; so no type of that library
/// is a parameter or a result.
/// </summary>
internal interface IPlotRenderer
{
    /// <summary>Renders a plot.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="format">The file format.</param>
    /// <param name="width">The width in pixels.</param>
    /// <param name="height">The height in pixels.</param>
    /// <param name="theme">The colours.</param>
    byte[] Render(Plot plot, PlotFormat format, int width, int height, PlotTheme theme);
}
