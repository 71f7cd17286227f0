namespace MnistPS.Sweeps;

/// <summary>
/// Successive halving with η = 3: all runs are trained for few epochs, the best third of them for three times as many, and so on, until the last rung
/// is trained for all epochs. Source: Li et al., "Hyperband", arXiv:1603.06560, algorithm 1, one bracket.
/// </summary>
internal static class SuccessiveHalving
{
    private const int Eta = 3;

    /// <summary>The rungs, each with its number of runs and epochs.</summary>
    /// <param name="runs">Runs of the first rung, at least one.</param>
    /// <param name="epochs">Epochs of the last rung, at least one.</param>
    public static IReadOnlyList<(int Runs, int Epochs)> Rungs(int runs, int epochs)
    {
        int last = 0;
        for (int kept = runs / Eta, shared = epochs / Eta; kept >= 1 && shared >= 1; kept /= Eta, shared /= Eta)
        {
            last++;
        }

        return [.. Enumerable.Range(0, last + 1).Select(rung => (runs / Power(rung), Math.Max(1, epochs / Power(last - rung))))];
    }

    private static int Power(int exponent) => (int)Math.Pow(Eta, exponent);
}
