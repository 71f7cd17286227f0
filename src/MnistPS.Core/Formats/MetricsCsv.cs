using System.Globalization;
using System.Text;

namespace MnistPS.Formats;

/// <summary>
/// Metrics as a CSV file (RFC 4180) in the invariant culture: a header, then one row per epoch. The columns are the properties of
/// <see cref="EpochMetrics"/>; null is empty. Each row is written through at once, so a killed run keeps its rows. A replaced file stays intact until the
/// first row; a new file without a row is removed.
/// </summary>
internal sealed class MetricsCsv : IDisposable
{
    private const string Header =
        "Epoch,TrainingError,TrainingAccuracy,ValidationError,ValidationAccuracy,TestError,TestAccuracy,LearningRate,Elapsed,ImagesPerSecond";

    // More than a million epochs need.
    private const long LongestFile = 1 << 28;

    private readonly string _path;
    private readonly FileLock _lock;
    private readonly FileStream _stream;
    private readonly bool _isNew;
    private bool _isBegun;

    /// <summary>Opens the file.</summary>
    /// <exception cref="MnistException">
    /// The file exists and <paramref name="replace"/> is false (<c>MetricsFileExists</c>), another training writes it (<c>MetricsFileInUse</c>), or it
    /// cannot be written (<c>MetricsFileNotWritable</c>).
    /// </exception>
    public MetricsCsv(string path, bool replace)
        : this(path, replace ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.Write)
    {
    }

    private MetricsCsv(string path, FileMode mode, FileAccess access)
    {
        _path = path;
        _lock = FileLock.Take(path, FileRole.Metrics);
        try
        {
            _isNew = !Path.Exists(path);

            // Unbuffered: a call to Write returns only after the write.
            _stream = new FileStream(path, mode, access, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            _lock.Dispose();
            throw mode == FileMode.CreateNew && File.Exists(path) ? FileRole.Metrics.Exists(path) : FileRole.Metrics.NotWritable(path, e);
        }
    }

    /// <summary>Continues the metrics file of a network, or begins one. Missing rows are written from the network's history.</summary>
    /// <param name="path">The file.</param>
    /// <param name="history">The epochs of the network so far.</param>
    /// <param name="firstEpoch">The first epoch in a new file.</param>
    /// <param name="isResumed">
    /// Whether the training resumes from a checkpoint. Rows of later epochs are then cut, since these epochs are trained again.
    /// </param>
    /// <exception cref="MnistException">
    /// It has other columns or rows of other epochs (<c>MetricsFileDoesNotFit</c>), another training writes it (<c>MetricsFileInUse</c>), or it cannot be
    /// written (<c>MetricsFileNotWritable</c>).
    /// </exception>
    public static MetricsCsv Append(string path, IReadOnlyList<EpochMetrics> history, int firstEpoch, bool isResumed)
    {
        MetricsCsv csv = new(path, FileMode.OpenOrCreate, SpecialFile.KindOf(path) is null ? FileAccess.ReadWrite : FileAccess.Write);
        try
        {
            csv.GoOn(history, firstEpoch, isResumed);
            return csv;
        }
        catch (Exception e)
        {
            csv.Dispose();
            if (FileFault.IsOne(e))
            {
                throw FileRole.Metrics.NotWritable(path, e);
            }

            throw;
        }
    }

    /// <summary>Writes the row of an epoch: whole, or not at all if the disk is full.</summary>
    /// <exception cref="MnistException">The file cannot be written (<c>MetricsFileNotWritable</c>).</exception>
    public void Write(EpochMetrics metrics) => Write(RowOf(metrics));

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        if (_isNew && !_isBegun)
        {
            File.Delete(_path);
        }

        _lock.Dispose();
    }

    private static string RowOf(EpochMetrics metrics) => string.Create(CultureInfo.InvariantCulture, $"{metrics.Epoch},{metrics.TrainingError},{metrics.TrainingAccuracy},{metrics.ValidationError},{metrics.ValidationAccuracy},{metrics.TestError},{metrics.TestAccuracy},{metrics.LearningRate},{metrics.Elapsed:c},{metrics.ImagesPerSecond}");

    private void Write(string row)
    {
        // A pipe or a device cannot be truncated.
        bool isFile = SpecialFile.KindOf(_path) is null;
        long length = isFile && _isBegun ? _stream.Length : 0;
        try
        {
            if (isFile && !_isBegun)
            {
                _stream.SetLength(0);
            }

            _stream.Write(Encoding.UTF8.GetBytes(_isBegun ? $"{row}\n" : $"{Header}\n{row}\n"));
            _isBegun = true;
        }
        catch (IOException e)
        {
            if (isFile)
            {
                _stream.SetLength(length);
            }

            throw FileRole.Metrics.NotWritable(_path, e);
        }
    }

    private void GoOn(IReadOnlyList<EpochMetrics> history, int firstEpoch, bool isResumed)
    {
        int next = firstEpoch;
        if (_stream.CanRead && _stream.Length > 0)
        {
            next = Match(history, firstEpoch, isResumed);
            _isBegun = true;
        }

        for (; next < history.Count; next++)
        {
            Write(history[next]);
        }
    }

    /// <summary>Compares the rows with the history and cuts later rows if resumed.</summary>
    /// <returns>The first epoch without a row.</returns>
    private int Match(IReadOnlyList<EpochMetrics> history, int firstEpoch, bool isResumed)
    {
        if (_stream.Length > LongestFile)
        {
            throw Unfit($"it has {_stream.Length} bytes, which is more than metrics take");
        }

        byte[] bytes = new byte[_stream.Length];
        _stream.ReadExactly(bytes);
        int begin = 0;
        if (NextLine() is not Header)
        {
            throw Unfit($"its first line is '{Shortened(bytes)}'; the columns '{Header}' were expected");
        }

        int? next = null;
        int line = 2;
        for (int good = begin; ; line++, good = begin)
        {
            if (NextLine() is not { } row)
            {
                // The end of the file, or an incomplete last row.
                _stream.SetLength(good);
                _stream.Position = good;
                return next ?? firstEpoch;
            }

            int epoch = next ?? FirstEpochOf(row, history.Count);
            if (epoch >= history.Count && isResumed && row.StartsWith($"{epoch},", StringComparison.Ordinal))
            {
                _stream.SetLength(good);
                _stream.Position = good;
                return next ?? firstEpoch;
            }

            if (epoch >= history.Count || row != RowOf(history[epoch]))
            {
                throw Unfit($"line {line} is '{row}', and {(epoch < history.Count ? $"the network's epoch {epoch} gave '{RowOf(history[epoch])}'" : $"the network has {history.Count} epochs")}");
            }

            next = epoch + 1;
        }

        string? NextLine()
        {
            int length = bytes.AsSpan(begin).IndexOf((byte)'\n');
            if (length < 0)
            {
                return null;
            }

            string text = Encoding.UTF8.GetString(bytes, begin, length);
            begin += length + 1;
            return text;
        }
    }

    private static int FirstEpochOf(string row, int count)
        => int.TryParse(row.Split(',')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int epoch) ? epoch : count;

    private static string Shortened(byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 200)));
        return text.Split('\n')[0].TrimEnd('\r');
    }

    private MnistException Unfit(string reason) => new("MetricsFileDoesNotFit", Fault.InvalidData,
        $"Rows cannot be appended to the metrics file '{_path}': {reason}. Give the file of this network's training, another -MetricsPath, or -Force to replace it.",
        _path);
}
