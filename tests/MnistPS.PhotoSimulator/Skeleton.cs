using SkiaSharp;

namespace MnistPS.PhotoSimulator;

/// <summary>
/// The middle of a shape's strokes: thinned to lines of one pixel (T. Y. Zhang and C. Y. Suen, "A fast parallel algorithm for thinning digital
/// patterns", Communications of the ACM 27(3), 1984), and smoothed.
/// </summary>
internal static class Skeleton
{
    // Each step takes a place to the mean of itself and its neighbours: a line of pixels loses its stairs, and hardly its corners.
    private const int SmoothingSteps = 12;

    // The eight neighbours in a circle, from above on clockwise.
    private static readonly (int X, int Y)[] _circle = [(0, -1), (1, -1), (1, 0), (1, 1), (0, 1), (-1, 1), (-1, 0), (-1, -1)];

    /// <summary>The middle as short straight pieces.</summary>
    /// <param name="isInk">The shape, row by row; its edge is free of ink.</param>
    /// <param name="side">Rows, and columns.</param>
    /// <param name="zoom">Pixels of the shape for a unit of what comes out.</param>
    public static (SKPoint From, SKPoint To)[] Trace(bool[] isInk, int side, int zoom)
    {
        Thin(isInk, side);
        List<int> places = [.. Enumerable.Range(0, isInk.Length).Where(i => isInk[i])];
        Dictionary<int, int> numbers = places.Select((place, number) => (place, number)).ToDictionary();
        List<int>[] neighbours = [.. places.Select(place => Neighbours(place).ToList())];
        SKPoint[] points = [.. places.Select(place => new SKPoint(place % side + 0.5f, place / side + 0.5f))];
        for (int step = 0; step < SmoothingSteps; step++)
        {
            points =
            [
                .. points.Select((point, i) => neighbours[i].Count < 2
                    ? point
                    : new SKPoint(
                        (point.X + neighbours[i].Sum(n => points[n].X)) / (neighbours[i].Count + 1),
                        (point.Y + neighbours[i].Sum(n => points[n].Y)) / (neighbours[i].Count + 1))),
            ];
        }

        SKPoint Scaled(int i) => new(points[i].X / zoom, points[i].Y / zoom);
        return
        [
            .. from i in Enumerable.Range(0, points.Length)
               from j in neighbours[i].DefaultIfEmpty(i)
               where j >= i
               select (Scaled(i), Scaled(j)),
        ];

        // A corner to corner neighbour counts where there is no way round by an edge.
        IEnumerable<int> Neighbours(int place)
        {
            for (int i = 0; i < 8; i++)
            {
                if (isInk[At(place, i)] && (i % 2 == 0 || !(isInk[At(place, i - 1)] || isInk[At(place, (i + 1) % 8)])))
                {
                    yield return numbers[At(place, i)];
                }
            }
        }

        int At(int place, int direction) => place + _circle[direction].Y * side + _circle[direction].X;
    }

    private static void Thin(bool[] isInk, int side)
    {
        List<int> ink = [.. Enumerable.Range(0, isInk.Length).Where(i => isInk[i])];
        List<int> gone = [];
        bool[] around = new bool[8];
        bool hasChanged = true;
        while (hasChanged)
        {
            hasChanged = false;
            for (int pass = 0; pass < 2; pass++)
            {
                gone.Clear();
                foreach (int place in ink)
                {
                    int count = 0, changes = 0;
                    for (int i = 0; i < 8; i++)
                    {
                        around[i] = isInk[place + _circle[i].Y * side + _circle[i].X];
                        count += around[i] ? 1 : 0;
                    }

                    for (int i = 0; i < 8; i++)
                    {
                        changes += !around[i] && around[(i + 1) % 8] ? 1 : 0;
                    }

                    bool isFree = pass == 0
                        ? !(around[0] && around[2] && around[4]) && !(around[2] && around[4] && around[6])
                        : !(around[0] && around[2] && around[6]) && !(around[0] && around[4] && around[6]);
                    if (count is >= 2 and <= 6 && changes == 1 && isFree)
                    {
                        gone.Add(place);
                    }
                }

                foreach (int place in gone)
                {
                    isInk[place] = false;
                }

                hasChanged |= gone.Count > 0;
                ink.RemoveAll(place => !isInk[place]);
            }
        }
    }
}
