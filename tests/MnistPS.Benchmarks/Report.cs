using System.Globalization;
using System.Text;

namespace MnistPS.Benchmarks;

/// <summary>The table, in Markdown, and below it what a second thread gave round by round.</summary>
internal sealed class Report
{
    private readonly StringBuilder _table = new();
    private readonly StringBuilder _rounds = new();
    private readonly double _singleLimit;
    private readonly double _doubleLimit;

    /// <summary>An empty table.</summary>
    /// <param name="singleLimit">GFLOP/s of float32 that a core can do.</param>
    /// <param name="doubleLimit">Those of float64.</param>
    public Report(double singleLimit, double doubleLimit)
    {
        _singleLimit = singleLimit;
        _doubleLimit = doubleLimit;
        Append($"The register tile on numbers in the first cache, which is the limit of a core here: {singleLimit:0} GFLOP/s of float32, {doubleLimit:0} of float64.");
        Append($"");
        Append($"| work | entrant | its speed | peer | its speed | ratio (from – to) | goal | GFLOP/s | of the limit |");
        Append($"|---|---|---:|---|---:|---:|---:|---:|---:|");
    }

    /// <summary>Adds what came out of a race.</summary>
    public void Add(Race race)
    {
        foreach (Comparison comparison in race.Comparisons)
        {
            Entrant own = comparison.Own;
            double seconds = Median(own.Seconds);
            double rate = race.Operations / seconds / 1e9;
            double limit = own.Threads * (race.IsDouble ? _doubleLimit : _singleLimit);
            string goal = comparison.Goal is double times ? FormattableString.Invariant($"≥ {times}") : "";
            string start = $"| {race.Work} | {own.Name} | {race.Speed(seconds)} | {comparison.Peer.Name}";
            if (comparison.Peer.Absence is string absence)
            {
                Append($"{start} | not here: {absence.Replace('|', '/')} | | {goal} | {rate:0} | {rate / limit:P0} |");
                continue;
            }

            double[] ratios = [.. comparison.Peer.Seconds.Zip(own.Seconds, (peer, mine) => peer / mine)];
            if (comparison.IsOfThreads)
            {
                IEnumerable<string> rounds = race.RoundTrips.Zip(ratios).OrderBy(round => round.First)
                    .Select(round => FormattableString.Invariant($"{round.First * 1e9:0} ns {round.Second:0.00}"));
                _rounds.AppendLine().AppendLine(
                    $"{race.Work}, {own.Name} against {comparison.Peer.Name}, after a word went there and back in: " + string.Join(", ", rounds) + ".");
            }

            Append($"{start} | {race.Speed(Median(comparison.Peer.Seconds))} | {Median(ratios):0.00} ({ratios.Min():0.00} – {ratios.Max():0.00}) | {goal} | {rate:0} | {rate / limit:P0} |");
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{_table}{_rounds}";

    private void Append(FormattableString line) => _table.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
