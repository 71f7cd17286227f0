using System.Globalization;
using System.Text;

namespace MnistPS.Formats;

/// <summary>
/// Metrics as a CSV file, in the invariant culture: a header, then a row an epoch, each written through as it comes, so that a run that is
/// killed keeps what it had. A file that is replaced stays as it is until there is a first row, and none is left where none was if there never
/// is. The columns are the properties of <see cref="EpochMetrics"/>; what there is none of stays empty (RFC 4180).
/// </summary>
internal sealed class MetricsCsv : IDisposable
{
    private const string Header =
        "Epoch,TrainingError,TrainingAccuracy,ValidationError,ValidationAccuracy,TestError,TestAccuracy,LearningRate,Elapsed,ImagesPerSecond";

    private readonly string _path;
    private readonly StreamWriter _writer;
    private readonly bool _isNew;
    private bool _isBegun;

    /// <summary>Opens the file.</summary>
    /// <exception cref="MnistException">
    /// The file is there already and <paramref name="replace"/> is false (<c>MetricsFileExists</c>), or it cannot be written
    /// (<c>MetricsFileNotWritable</c>).
    /// </exception>
    public MetricsCsv(string path, bool replace)
    {
        _path = path;
        _isNew = !Path.Exists(path);
        try
        {
            FileStream stream = new(path, replace ? FileMode.OpenOrCreate : FileMode.CreateNew, FileAccess.Write, FileShare.Read);
            _writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)) { AutoFlush = true, NewLine = "\n" };
        }
        catch (IOException) when (!replace && File.Exists(path))
        {
            throw new MnistException("MetricsFileExists", Fault.AlreadyExists,
                $"The metrics file '{path}' is there already. Give another -MetricsPath, or -Force to replace it.", path);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw NotWritable(e);
        }
    }

    /// <summary>Writes the row of an epoch.</summary>
    /// <exception cref="MnistException">The file cannot be written (<c>MetricsFileNotWritable</c>).</exception>
    public void Write(EpochMetrics metrics)
    {
        string row = string.Create(CultureInfo.InvariantCulture, $"{metrics.Epoch},{metrics.TrainingError},{metrics.TrainingAccuracy},{metrics.ValidationError},{metrics.ValidationAccuracy},{metrics.TestError},{metrics.TestAccuracy},{metrics.LearningRate},{metrics.Elapsed:c},{metrics.ImagesPerSecond}");
        try
        {
            if (!_isBegun)
            {
                Begin();
            }

            _writer.WriteLine(row);
        }
        catch (IOException e)
        {
            throw NotWritable(e);
        }
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _writer.Dispose();
        if (_isNew && !_isBegun)
        {
            File.Delete(_path);
        }
    }

    private void Begin()
    {
        // A pipe or a device has nothing to clear, and refuses it.
        if (_writer.BaseStream is { CanSeek: true, Length: > 0 })
        {
            _writer.BaseStream.SetLength(0);
        }

        _isBegun = true;
        _writer.WriteLine(Header);
    }

    private MnistException NotWritable(Exception cause)
        => new("MetricsFileNotWritable", Fault.Write,
            $"The metrics file '{_path}' cannot be written: {FileFault.Reason(_path, cause)} Give a -MetricsPath in a folder that is there and that you may write to.", _path, cause);
}
