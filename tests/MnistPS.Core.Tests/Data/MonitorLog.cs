namespace MnistPS.Tests;

/// <summary>Keeps what a download reported.</summary>
internal sealed class MonitorLog : IDownloadMonitor
{
    public List<string> Warnings { get; } = [];

    public List<(Uri Address, long Received, long? Total)> Reports { get; } = [];

    public void Warn(string message) => Warnings.Add(message);

    public void Report(Uri address, long received, long? total) => Reports.Add((address, received, total));
}
