using System.Globalization;
using MnistPS.Formats;

namespace MnistPS.Fuzz;

/// <summary>A metrics file that a training continues.</summary>
public sealed class MetricsCsvTarget : FuzzTarget
{
    private static readonly string _path = Path.Combine(Use.Folder, "metrics.csv");
    private static readonly EpochMetrics[] _history = [.. Enumerable.Range(0, 3).Select(Epoch)];

    /// <inheritdoc/>
    public override string Name => "metrics";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound()
    {
        for (int rows = 0; rows <= _history.Length; rows++)
        {
            File.Delete(_path);
            using (MetricsCsv csv = new(_path, replace: false))
            {
                foreach (EpochMetrics metrics in _history.Take(rows))
                {
                    csv.Write(metrics);
                }
            }

            yield return File.Exists(_path) ? File.ReadAllBytes(_path) : [];
        }
    }

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        foreach (bool isResumed in (bool[])[false, true])
        {
            File.WriteAllBytes(_path, input);
            using (MetricsCsv csv = MetricsCsv.Append(_path, _history, 0, isResumed))
            {
                csv.Write(Epoch(_history.Length));
            }

            // The result is a file of all epochs, the new one last.
            string[] lines = File.ReadAllLines(_path);
            string last = lines[^1].Split(',')[0];
            Require(last == _history.Length.ToString(CultureInfo.InvariantCulture), $"The last row is of epoch {last}.");
            using MetricsCsv again = MetricsCsv.Append(_path, [.. _history, Epoch(_history.Length)], 0, isResumed);
        }

        return true;
    }

    private static EpochMetrics Epoch(int epoch)
        => new(epoch, 1.0 / (epoch + 3), 0.5, null, null, 0.25, 0.75, 0.005, TimeSpan.FromSeconds(epoch + 0.123), 1000.5);
}
