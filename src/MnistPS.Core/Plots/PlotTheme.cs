namespace MnistPS;

/// <summary>The colours of a plot.</summary>
public enum PlotTheme
{
    /// <summary>Dark on white.</summary>
    Light,

    /// <summary>Light on nearly black.</summary>
    Dark,
}
