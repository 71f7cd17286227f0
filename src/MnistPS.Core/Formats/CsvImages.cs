using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace MnistPS.Formats;

/// <summary>
/// Reads a CSV file of images: one row per image with its label and its 784 pixels, with or without a header. Columns are separated by commas,
/// semicolons or tabs, with or without quotes, as Export-Csv writes them. Without a header the label comes first; a header gives its column.
/// </summary>
internal sealed class CsvImages
{
    /// <summary>The id of the fault of a table whose header names no label.</summary>
    public const string WithoutLabels = "CsvWithoutLabels";

    private const int ColumnCount = 1 + MnistImage.PixelCount;
    private const int LongestLine = 1 << 17;

    // Rows allocated at once, and the limit, which is that of IDX files.
    private const int BlockRows = 2048;
    private const int MostRows = 1_000_000;

    private static readonly char[] _delimiters = [',', ';', '\t'];
    private static readonly string[] _labelNames = ["label", "labels", "class", "target", "digit", "y"];

    private readonly string _path;
    private readonly List<byte[]> _blocks = [];
    private readonly List<byte> _labels = [];
    private byte _delimiter;
    private int _labelColumn;

    private CsvImages(string path) => _path = path;

    /// <summary>Reads a file.</summary>
    /// <exception cref="MnistException">
    /// The file does not exist (<c>FileNotFound</c>), cannot be read (<c>FileNotReadable</c>), is no such table (<c>NotCsvDataset</c>), has other columns
    /// (<c>WrongCsvColumns</c>) or no labels (<c>CsvWithoutLabels</c>), or a value that is no grey value or digit (<c>WrongCsvValue</c>).
    /// </exception>
    public static (IdxFile Images, IdxFile Labels) Read(string path, CancellationToken cancellation)
    {
        try
        {
            using FileStream file = SpecialFile.OpenFile(path);
            CsvImages images = new(path);
            images.ReadLines(file, cancellation);
            return images.Join();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MnistException("FileNotFound", Fault.NotFound,
                $"There is no '{path}'. A table whose name ends in train.csv or test.csv was expected: put it there.", path, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("FileNotReadable", Fault.Read, $"'{path}' cannot be read: {FileFault.Reason(path, e)}", path, e);
        }
    }

    private (IdxFile Images, IdxFile Labels) Join()
    {
        byte[] pixels = GC.AllocateUninitializedArray<byte>(_labels.Count * MnistImage.PixelCount);
        for (int i = 0; i < _blocks.Count; i++)
        {
            int start = i * BlockRows * MnistImage.PixelCount;
            _blocks[i].AsSpan(0, Math.Min(_blocks[i].Length, pixels.Length - start)).CopyTo(pixels.AsSpan(start));
        }

        return (IdxFile.Of(_path, MnistFiles.Mnist.TrainingImages.ItemShape, pixels), IdxFile.Of(_path, [], [.. _labels]));
    }

    private void ReadLines(FileStream file, CancellationToken cancellation)
    {
        byte[] buffer = new byte[8 * LongestLine];
        int line = 0;
        int kept = 0;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = file.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            bool isLast = count < buffer.Length - kept;
            Span<byte> left = buffer.AsSpan(0, kept + count);
            while (left.IndexOf((byte)'\n') is var end && (end >= 0 || (isLast && !left.IsEmpty)))
            {
                Span<byte> text = end < 0 ? left : left[..end];
                left = end < 0 ? default : left[(end + 1)..];
                line++;
                if (line == 1)
                {
                    ReadFirst(text, buffer.AsSpan(0, kept + count));
                }
                else if (!text.Trim("\r "u8).IsEmpty)
                {
                    ReadRow(text, line);
                }
            }

            if (isLast)
            {
                break;
            }

            if (left.Length > LongestLine)
            {
                throw line == 0 ? NotOne(left) : Columns(line + 1, "is longer than 784 pixels take");
            }

            left.CopyTo(buffer);
            kept = left.Length;
        }

        if (line == 0)
        {
            throw NotOne([]);
        }
    }

    /// <summary>Reads the first line, a header or a row.</summary>
    private void ReadFirst(ReadOnlySpan<byte> line, ReadOnlySpan<byte> beginning)
    {
        string text = Encoding.UTF8.GetString(line).TrimStart('\uFEFF').TrimEnd('\r');
        char delimiter = _delimiters.MaxBy(one => text.Count(character => character == one));
        string[] names = [.. text.Split(delimiter).Select(name => name.Trim(' ', '"'))];
        if (names.Length == 1)
        {
            throw NotOne(beginning);
        }

        _delimiter = (byte)delimiter;

        // Pandas can write the indices of the columns as a header.
        bool isCount = names.Index().All(name => name.Item == name.Index.ToString(CultureInfo.InvariantCulture));
        if (!isCount && Array.Exists(names, name => byte.TryParse(name, out _)))
        {
            ReadRow(line, 1);
            return;
        }

        int label = Array.FindIndex(names, name => _labelNames.Contains(name, StringComparer.OrdinalIgnoreCase));
        if (label < 0 && names.Length == MnistImage.PixelCount)
        {
            throw new MnistException(WithoutLabels, Fault.InvalidData,
                $"'{_path}' has no column 'label', as the test.csv of Kaggle's competition, so its images are for prediction and for no data set. Predict them: Get-Content '{_path}' | Select-Object -Skip 1 | ForEach-Object {{ , [byte[]]$_.Split('{delimiter}') }} | Invoke-MnistPrediction $network",
                _path);
        }

        if (names.Length != ColumnCount)
        {
            string? missing = Enumerable.Range(0, MnistImage.PixelCount).Select(i => $"pixel{i}").FirstOrDefault(name => !names.Contains(name, StringComparer.OrdinalIgnoreCase));
            string which = missing is not null && names.Contains("pixel1", StringComparer.OrdinalIgnoreCase) ? $", and '{missing}' is missing" : "";
            throw Columns(1, $"names {names.Length} columns{which}; {ColumnCount} were expected: label and 784 pixels");
        }

        _labelColumn = Math.Max(label, 0);
    }

    // Optimised from the first call: a process reads a table once, and this runs for each of its rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ReadRow(ReadOnlySpan<byte> row, int line)
    {
        if (_labels.Count == MostRows)
        {
            throw new MnistException("NotCsvDataset", Fault.InvalidData, $"'{_path}' has more than {MostRows} rows; at most as many are read.", _path);
        }

        if (_labels.Count % BlockRows == 0)
        {
            _blocks.Add(GC.AllocateUninitializedArray<byte>(BlockRows * MnistImage.PixelCount));
        }

        Span<byte> pixels = _blocks[^1].AsSpan(_labels.Count % BlockRows * MnistImage.PixelCount, MnistImage.PixelCount);
        row = row.TrimEnd((byte)'\r');
        int at = 0;
        int pixel = 0;
        int column = 0;
        for (; at <= row.Length && column < ColumnCount; column++)
        {
            byte value = ReadValue(row, ref at, line, column);
            if (column != _labelColumn)
            {
                pixels[pixel++] = value;
            }
            else if (value <= 9)
            {
                _labels.Add(value);
            }
            else
            {
                throw Value(row, line, column, value.ToString(CultureInfo.InvariantCulture));
            }
        }

        if (at <= row.Length || column < ColumnCount)
        {
            throw Columns(row, line);
        }
    }

    /// <summary>Reads a number and its delimiter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte ReadValue(ReadOnlySpan<byte> row, ref int at, int line, int column)
    {
        int start = at;
        int value = 0;
        while (at < row.Length && (uint)(row[at] - '0') <= 9 && value <= byte.MaxValue)
        {
            value = (10 * value) + (row[at++] - '0');
        }

        if (at > start && value <= byte.MaxValue && (at == row.Length || row[at] == _delimiter))
        {
            at++;
            return (byte)value;
        }

        at = start;
        return ReadQuoted(row, ref at, line, column);
    }

    /// <summary>Reads a number in quotes or with spaces.</summary>
    private byte ReadQuoted(ReadOnlySpan<byte> row, ref int at, int line, int column)
    {
        int length = row[at..].IndexOf(_delimiter) is var end and >= 0 ? end : row.Length - at;
        string text = Encoding.UTF8.GetString(row.Slice(at, length)).Trim(' ', '"');
        at += length + 1;
        return byte.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out byte number)
            ? number
            : throw Value(row, line, column, TensorEntry.Shortened(text));
    }

    private MnistException NotOne(ReadOnlySpan<byte> beginning) => new("NotCsvDataset", Fault.InvalidData,
        $"'{_path}' {FileSignature.Of(beginning[..Math.Min(beginning.Length, FileSignature.Length)])}; a table of images was expected, with a label and 784 pixels a row.", _path);

    private MnistException Columns(int line, string what) => new("WrongCsvColumns", Fault.InvalidData, $"Line {line} of '{_path}' {what}.", _path);

    private MnistException Columns(ReadOnlySpan<byte> row, int line)
        => Columns(line, $"has {row.Count(_delimiter) + 1} columns; {ColumnCount} were expected: a label and 784 pixels");

    // If a column is missing, the values of the others do not matter.
    private MnistException Value(ReadOnlySpan<byte> row, int line, int column, string text)
        => row.Count(_delimiter) + 1 != ColumnCount ? Columns(row, line) : new("WrongCsvValue", Fault.InvalidData,
            $"Line {line} of '{_path}' has '{text}' in column {column + 1}; {(column == _labelColumn ? "a digit from 0 to 9" : "a whole number from 0 (paper) to 255 (ink)")} was expected.", _path);
}
