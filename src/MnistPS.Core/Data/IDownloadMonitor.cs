namespace MnistPS;

/// <summary>Hears of a download as it goes on.</summary>
internal interface IDownloadMonitor
{
    /// <summary>Something went wrong that the work survived.</summary>
    void Warn(string message);

    /// <summary>Bytes have come.</summary>
    /// <param name="address">What is being fetched.</param>
    /// <param name="received">Bytes so far.</param>
    /// <param name="total">Bytes there will be, or null where the mirror does not say.</param>
    void Report(Uri address, long received, long? total);
}
