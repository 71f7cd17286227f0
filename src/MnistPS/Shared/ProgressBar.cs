using System.Management.Automation;

namespace MnistPS;

/// <summary>A cmdlet's progress, written at most ten times a second, since hosts are slow to show it.</summary>
/// <param name="cmdlet">The cmdlet, used on its thread.</param>
/// <param name="activity">The activity.</param>
internal sealed class ProgressBar(Cmdlet cmdlet, string activity) : IDisposable
{
    private const int Milliseconds = 100;

    private readonly long _start = Environment.TickCount64;
    private long _next;

    /// <summary>Reports progress from 0 to 1, or null if it is unknown, and a status.</summary>
    public void Report(double? done, string status)
    {
        long now = Environment.TickCount64;
        if (now < _next)
        {
            return;
        }

        _next = now + Milliseconds;
        cmdlet.WriteProgress(new ProgressRecord(0, activity, status)
        {
            PercentComplete = done is { } percent ? (int)(100 * percent) : -1,
            SecondsRemaining = done is > 0 and { } share ? (int)Math.Min((now - _start) * (1 - share) / share / 1000, int.MaxValue) : -1,
        });
    }

    /// <summary>Removes the bar, unless the pipeline is stopped: writing is refused then, and hosts remove it themselves.</summary>
    public void Dispose()
    {
        if (!cmdlet.Stopping)
        {
            cmdlet.WriteProgress(new ProgressRecord(0, activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
