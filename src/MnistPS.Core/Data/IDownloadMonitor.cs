namespace MnistPS;

/// <summary>Receives the reports of a download.</summary>
internal interface IDownloadMonitor
{
    /// <summary>Reports a failure that the download recovers from.</summary>
    void Warn(string message);

    /// <summary>Reports received bytes.</summary>
    /// <param name="address">The address that is read.</param>
    /// <param name="received">Bytes so far.</param>
    /// <param name="total">Bytes in total, or null where the mirror does not say.</param>
    void Report(Uri address, long received, long? total);
}
