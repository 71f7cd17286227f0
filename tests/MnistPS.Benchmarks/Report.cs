using System.Globalization;
using System.Text;

namespace MnistPS.Benchmarks;

/// <summary>The table in Markdown, and below it the ratios of a second thread, round by round.</summary>
internal sealed class Report
{
    private readonly StringBuilder _table = new();
    private readonly StringBuilder _rounds = new();

    // The peak GFLOP/s of a core, by precision.
    private readonly SortedDictionary<string, double> _limits = new(StringComparer.Ordinal);

    /// <summary>Adds the results of a race.</summary>
    public void Add(Race race)
    {
        string number = race.IsDouble ? "float64" : "float32";
        _limits[number] = Math.Max(_limits.GetValueOrDefault(number), race.Limits.Max());
        foreach (Comparison comparison in race.Comparisons)
        {
            Entrant own = comparison.Own;
            double seconds = Median(own.Seconds);
            double rate = race.Operations / seconds / 1e9;
            double share = Median([.. own.Seconds.Zip(race.Limits, (mine, limit) => race.Operations / mine / 1e9 / (own.Threads * limit))]);
            string goal = comparison.Goal is double times ? FormattableString.Invariant($"≥ {times}") : "";
            string start = $"| {race.Work} | {own.Name} | {race.Speed(seconds)} | {comparison.Peer.Name}";
            if (comparison.Peer.Absence is string absence)
            {
                Append($"{start} | not here: {absence.Replace('|', '/')} | | {goal} | {rate:0} | {share:P0} |");
                continue;
            }

            double[] ratios = [.. comparison.Peer.Seconds.Zip(own.Seconds, (peer, mine) => peer / mine)];
            if (comparison.IsOfThreads)
            {
                IEnumerable<string> rounds = race.RoundTrips.Zip(ratios).OrderBy(round => round.First)
                    .Select(round => FormattableString.Invariant($"{round.First * 1e9:0} ns {round.Second:0.00}"));
                _rounds.AppendLine().AppendLine(
                    $"{race.Work}, {own.Name} against {comparison.Peer.Name}, by round trip between two threads: " + string.Join(", ", rounds) + ".");
            }

            Append($"{start} | {race.Speed(Median(comparison.Peer.Seconds))} | {Median(ratios):0.00} ({ratios.Min():0.00} – {ratios.Max():0.00}) | {goal} | {rate:0} | {share:P0} |");
        }
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string limits = string.Join(", ", _limits.Select(limit => FormattableString.Invariant($"{limit.Value:0} GFLOP/s in {limit.Key}")));
        return $"""
            Peak of a core, by the micro-kernel on operands in the L1 cache: {limits}.

            | work | entrant | its speed | peer | its speed | ratio (from – to) | goal | GFLOP/s | of the limit |
            |---|---|---:|---|---:|---:|---:|---:|---:|
            {_table}{_rounds}
            """;
    }

    private void Append(FormattableString line) => _table.AppendLine(line.ToString(CultureInfo.InvariantCulture));

    private static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
