namespace MnistPS.Plots;

/// <summary>The format of a picture.</summary>
internal enum PlotFormat
{
    /// <summary>Portable Network Graphics.</summary>
    Png,

    /// <summary>Scalable Vector Graphics.</summary>
    Svg,
}
