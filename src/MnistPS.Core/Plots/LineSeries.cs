namespace MnistPS.Plots;

/// <summary>A line.</summary>
/// <param name="Name">What it is of; lines of one name share a colour and a place in the legend.</param>
/// <param name="Color">The number of its colour, from 0.</param>
/// <param name="X">Where its points are, rising.</param>
/// <param name="Y">Their values, as many; one that is not finite is a gap.</param>
internal sealed record LineSeries(string Name, int Color, double[] X, double[] Y)
{
    /// <summary>Its points without the gaps.</summary>
    public IEnumerable<(double X, double Y)> Points => X.Zip(Y).Where(point => double.IsFinite(point.Second));

    /// <summary>Its points from gap to gap.</summary>
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
