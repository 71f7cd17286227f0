namespace MnistPS.Plots;

/// <summary>The content of a picture as data, independent of the renderer.</summary>
/// <param name="Title">A heading.</param>
/// <param name="Note">A line below it; may be empty.</param>
internal abstract record Plot(string Title, string Note)
{
    /// <summary>The default size in pixels.</summary>
    public abstract (int Width, int Height) NaturalSize { get; }

    /// <summary>The factor by which the content grows to fill a picture.</summary>
    public virtual double ScaleFor(int width, int height) => Fill(NaturalSize, width, height);

    /// <summary>The size of a picture. A missing side follows from the other in the natural proportion.</summary>
    public (int Width, int Height) SizeFor(int? width, int? height, int least, int most)
    {
        (int naturalWidth, int naturalHeight) = NaturalSize;
        return (width, height) switch
        {
            ({ } w, { } h) => (w, h),
            ({ } w, null) => (w, Scale(w, naturalHeight, naturalWidth)),
            (null, { } h) => (Scale(h, naturalWidth, naturalHeight), h),
            _ => (naturalWidth, naturalHeight),
        };

        int Scale(int length, int by, int of) => Math.Clamp((int)Math.Round((double)length * by / of), least, most);
    }

    /// <summary>The largest scale at which a size fits into a picture.</summary>
    protected static double Fill((int Width, int Height) size, int width, int height) => Math.Min((double)width / size.Width, (double)height / size.Height);
}
