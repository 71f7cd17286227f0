namespace MnistPS.Plots;

/// <summary>A line.</summary>
/// <param name="Name">Its name. Lines of one name share a colour and an entry of the legend.</param>
/// <param name="Color">The index of its colour, from 0.</param>
/// <param name="X">The x values of its points, ascending.</param>
/// <param name="Y">The y values, one per point; one that is not finite is a gap.</param>
internal sealed record LineSeries(string Name, int Color, double[] X, double[] Y)
{
    /// <summary>Its points without gaps.</summary>
    public IEnumerable<(double X, double Y)> Points => X.Zip(Y).Where(point => double.IsFinite(point.Second));

    /// <summary>Its points between gaps.</summary>
    public IEnumerable<IReadOnlyList<(double X, double Y)>> Pieces
    {
        get
        {
            List<(double X, double Y)> piece = [];
            for (int i = 0; i < X.Length; i++)
            {
                if (double.IsFinite(Y[i]))
                {
                    piece.Add((X[i], Y[i]));
                }
                else if (piece.Count > 0)
                {
                    yield return piece;
                    piece = [];
                }
            }

            if (piece.Count > 0)
            {
                yield return piece;
            }
        }
    }
}
