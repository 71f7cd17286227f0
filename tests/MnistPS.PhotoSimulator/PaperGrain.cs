namespace MnistPS.PhotoSimulator;

/// <summary>The unevenness of paper: smooth noise of three sizes, from clouds to fibres, each about -1 to 1 high.</summary>
/// <param name="seed">Another one, another sheet.</param>
/// <param name="side">The longer side of the photo in pixels.</param>
internal readonly struct PaperGrain(ulong seed, float side)
{
    private static readonly (float Cells, float Share)[] _layers = [(5, 0.4f), (60, 0.5f), (300, 1)];

    /// <summary>The unevenness at a pixel.</summary>
    public float At(int x, int y)
    {
        float sum = 0;
        for (int i = 0; i < _layers.Length; i++)
        {
            float size = MathF.Max(side / _layers[i].Cells, 1);
            sum += _layers[i].Share * Smooth(x / size, y / size, seed + (ulong)i);
        }

        return sum;
    }

    // Between the corners of a square, each of which has a number of its own.
    private static float Smooth(float x, float y, ulong layer)
    {
        uint left = (uint)x, top = (uint)y;
        float u = x - left, v = y - top;
        float above = Corner(left, top, layer) * (1 - u) + Corner(left + 1, top, layer) * u;
        float below = Corner(left, top + 1, layer) * (1 - u) + Corner(left + 1, top + 1, layer) * u;
        return above * (1 - v) + below * v;
    }

    private static float Corner(uint x, uint y, ulong layer) => 2 * new SplitMix64(layer ^ ((ulong)x << 32) ^ ((ulong)y << 8)).NextSingle() - 1;
}
