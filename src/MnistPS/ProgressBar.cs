using System.Management.Automation;

namespace MnistPS;

/// <summary>A cmdlet's progress, shown ten times a second at most, since hosts take their time over it.</summary>
/// <param name="cmdlet">The cmdlet, on whose thread it is used.</param>
/// <param name="activity">What is being done.</param>
internal sealed class ProgressBar(Cmdlet cmdlet, string activity) : IDisposable
{
    private const int Milliseconds = 100;

    private readonly long _start = Environment.TickCount64;
    private long _next;

    /// <summary>Says how much is done, from 0 to 1 or null where nobody knows, and what is at hand.</summary>
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

    /// <summary>Takes it away, but where the pipeline is stopped: nothing may be written any more then, and hosts do it themselves.</summary>
    public void Dispose()
    {
        if (!cmdlet.Stopping)
        {
            cmdlet.WriteProgress(new ProgressRecord(0, activity, " ") { RecordType = ProgressRecordType.Completed });
        }
    }
}
