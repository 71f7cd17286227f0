using System.Globalization;
using System.Text;
using MnistPS.Formats;

namespace MnistPS.Sweeps;

/// <summary>
/// The runs of a sweep as a CSV file in the invariant culture: a header, then one row per run. Each row is written through at once. An existing file is
/// continued: its runs are not repeated, and an incomplete last row is cut.
/// </summary>
internal sealed class SweepFile : IDisposable
{
    private static readonly string[] _results =
    [
        nameof(SweepResult.EpochsTrained), nameof(SweepResult.TrainingError), nameof(SweepResult.TrainingAccuracy), nameof(SweepResult.ValidationError),
        nameof(SweepResult.ValidationAccuracy), nameof(SweepResult.Elapsed), nameof(SweepResult.Computer), nameof(SweepResult.Error),
    ];

    // The size of ten million runs.
    private const long LongestFile = 1 << 30;

    private readonly string _path;
    private readonly FileLock _lock;
    private readonly FileStream _stream;
    private readonly string[] _columns;
    private readonly Dictionary<string, SweepResult> _known = [];

    /// <summary>Opens or creates a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">The columns of the settings.</param>
    /// <exception cref="MnistException">
    /// It has other columns or is no such file (<c>SweepFileDoesNotFit</c>), another sweep writes it (<c>SweepFileInUse</c>), or it cannot be written
    /// (<c>SweepFileNotWritable</c>).
    /// </exception>
    public SweepFile(string path, IEnumerable<string> settings)
    {
        _path = path;
        _columns = [.. settings, .. _results];
        _lock = FileLock.Take(path, FileRole.Sweep);
        try
        {
            // Unbuffered: a call to Write returns only after the write.
            _stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            _lock.Dispose();
            throw FileRole.Sweep.NotWritable(path, e);
        }

        try
        {
            Read();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The result of a run in the file, or null.</summary>
    /// <param name="settings">Its settings as strings.</param>
    public SweepResult? Find(IReadOnlyList<string> settings) => _known.GetValueOrDefault(Key(settings));

    /// <summary>Writes the row of a run: whole, or not at all if the disk is full. A failure that the file has already is not repeated.</summary>
    /// <exception cref="MnistException">The file cannot be written (<c>SweepFileNotWritable</c>).</exception>
    public void Write(IReadOnlyList<string> settings, SweepResult result)
    {
        if (result.Error is not null && Find(settings)?.Error == Text(result.Error))
        {
            return;
        }

        long length = _stream.Length;
        try
        {
            _stream.Write(Encoding.UTF8.GetBytes(Line(
            [
                .. settings, Text(result.EpochsTrained), Text(result.TrainingError), Text(result.TrainingAccuracy), Text(result.ValidationError),
                Text(result.ValidationAccuracy), result.Elapsed.ToString("c", CultureInfo.InvariantCulture), result.Computer, result.Error ?? "",
            ])));
        }
        catch (IOException e)
        {
            _stream.SetLength(length);
            throw FileRole.Sweep.NotWritable(_path, e);
        }

        _known[Key(settings)] = result;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        _lock.Dispose();
    }

    private static string Key(IEnumerable<string> settings) => string.Join('\0', settings);

    // Each row is a line, so an incomplete one is detected.
    private static string Text(string field) => field.ReplaceLineEndings(" ");

    private static string Text(IFormattable? value) => value?.ToString(null, CultureInfo.InvariantCulture) ?? "";

    // RFC 4180.
    private static string Line(IEnumerable<string> fields) => string.Join(',', fields.Select(field =>
    {
        string line = Text(field);
        return line.AsSpan().ContainsAny(',', '"') ? $"\"{line.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : line;
    })) + "\n";

    private void Read()
    {
        if (_stream.Length > LongestFile)
        {
            throw Unfit($"it has {_stream.Length} bytes, which is more than runs take");
        }

        byte[] bytes = new byte[_stream.Length];
        _stream.ReadExactly(bytes);
        int end = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        string text = Encoding.UTF8.GetString(bytes, 0, end);
        if (end == 0 && bytes.Length > 0 && !Line(_columns).StartsWith(Encoding.UTF8.GetString(bytes), StringComparison.Ordinal))
        {
            throw Unfit("it is no file of runs");
        }

        _stream.SetLength(end);
        bool isHeader = true;
        foreach ((int line, string[] fields) in MetricsTable.Records(text, 0, ','))
        {
            if (isHeader)
            {
                isHeader = fields.SequenceEqual(_columns) ? false : throw Unfit(
                    fields.TakeLast(_results.Length).SequenceEqual(_results)
                        ? $"its settings are {SettingsOf(fields)}, and those of the sweep are {SettingsOf(_columns)}"
                        : $"its columns '{string.Join(',', fields)}' are not those of a sweep");
                continue;
            }

            int first = _columns.Length - _results.Length;
            if (fields.Length != _columns.Length || ResultOf(fields.AsSpan(first)) is not { } result)
            {
                throw Unfit($"line {line} is no run of its columns");
            }

            _known[Key(fields.Take(first))] = result;
        }

        if (isHeader)
        {
            _stream.Write(Encoding.UTF8.GetBytes(Line(_columns)));
        }
    }

    private static string SettingsOf(string[] columns) => string.Join(", ", columns.SkipLast(_results.Length));

    private static SweepResult? ResultOf(ReadOnlySpan<string> fields)
    {
        bool isRight = int.TryParse(fields[0], NumberStyles.None, CultureInfo.InvariantCulture, out int epochs)
            & TimeSpan.TryParseExact(fields[5], "c", CultureInfo.InvariantCulture, out TimeSpan elapsed);
        double?[] values = new double?[4];
        for (int i = 0; i < values.Length; i++)
        {
            string field = fields[i + 1];
            isRight &= field.Length == 0 || double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
            values[i] = isRight && field.Length > 0 ? double.Parse(field, CultureInfo.InvariantCulture) : null;
        }

        return isRight ? new SweepResult(epochs, values[0], values[1], values[2], values[3], elapsed, fields[6], fields[7].Length > 0 ? fields[7] : null) : null;
    }

    private MnistException Unfit(string reason) => new("SweepFileDoesNotFit", Fault.InvalidData,
        $"The runs of this sweep cannot be appended to '{_path}': {reason}. Give the file of a sweep of the same settings, in the same order, or another -Path.", _path);
}
