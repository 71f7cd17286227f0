using System.Text;

namespace MnistPS.Formats;

/// <summary>
/// A metrics CSV as a table of strings, written by <see cref="MetricsCsv"/> or Export-Csv in any culture. Columns are separated by commas, semicolons or
/// tabs; the rest is RFC 4180.
/// </summary>
/// <param name="Columns">The names in the header.</param>
/// <param name="Rows">The rows, each with one string per column and its first line, from 1.</param>
internal sealed record MetricsTable(IReadOnlyList<string> Columns, IReadOnlyList<(int Line, string[] Texts)> Rows)
{
    private static readonly char[] _delimiters = [',', ';', '\t'];

    /// <summary>Reads a file.</summary>
    /// <exception cref="MnistException">
    /// It does not exist (<c>MetricsFileNotFound</c>), cannot be read (<c>MetricsFileNotReadable</c>), or has no table of metrics
    /// (<c>NotAMetricsFile</c>).
    /// </exception>
    public static MetricsTable Read(string path)
    {
        string text;
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using StreamReader reader = new(file);
            text = reader.ReadToEnd();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MnistException("MetricsFileNotFound", Fault.NotFound,
                $"There is no metrics file '{path}'. Give one that Invoke-MnistTraining -MetricsPath or Export-Csv wrote.", path, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw new MnistException("MetricsFileNotReadable", Fault.Read,
                $"The metrics file '{path}' cannot be read: {FileFault.Reason(path, e)} Give one that you may read.", path, e);
        }

        try
        {
            return Parse(text);
        }
        catch (FormatException e)
        {
            throw NotOne(path, e.Message, e);
        }
    }

    /// <summary>The fault of a file without metrics.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">The reason as a sentence.</param>
    /// <param name="cause">The cause.</param>
    public static MnistException NotOne(string path, string reason, Exception? cause = null) => new("NotAMetricsFile", Fault.InvalidData,
        $"'{path}' is no metrics CSV: {reason} A header with Epoch and errors or accuracies (such as TestAccuracy) was expected, then a row an epoch.", path, cause);

    /// <summary>The value of a column in a row, or null without such a column. Case does not matter.</summary>
    public string? Value(string[] row, string column)
    {
        int i = Columns.Index().Where(one => one.Item.Equals(column, StringComparison.OrdinalIgnoreCase)).Select(one => one.Index).DefaultIfEmpty(-1).First();
        return i < 0 ? null : row[i];
    }

    /// <summary>Parses a table.</summary>
    /// <exception cref="FormatException">It is no table of metrics.</exception>
    public static MetricsTable Parse(string text)
    {
        // Export-Csv -IncludeTypeInformation begins with this line.
        int start = text.StartsWith("#TYPE", StringComparison.Ordinal) ? text.IndexOf('\n', StringComparison.Ordinal) + 1 : 0;
        int end = text.IndexOf('\n', start);
        string header = end < 0 ? text[start..] : text[start..end];
        char delimiter = _delimiters.MaxBy(one => header.Count(character => character == one));
        List<(int Line, string[] Texts)> rows = [.. Records(text, start, delimiter)];
        if (rows.Count == 0 || !rows[0].Texts.Contains(nameof(EpochMetrics.Epoch), StringComparer.OrdinalIgnoreCase))
        {
            throw new FormatException(rows.Count == 0 ? "it is empty." : "its first line names no column Epoch.");
        }

        string[] columns = rows[0].Texts;
        foreach ((int line, string[] texts) in rows)
        {
            if (texts.Length != columns.Length)
            {
                throw new FormatException(
                    $"line {line} has {texts.Length} columns and the header has {columns.Length}; numbers with a decimal comma need quotes, or semicolons between columns.");
            }
        }

        return new MetricsTable(columns, rows[1..]);
    }

    /// <summary>The records of a text (RFC 4180), each with the line on which it begins.</summary>
    internal static IEnumerable<(int Line, string[] Texts)> Records(string text, int start, char delimiter)
    {
        List<string> record = [];
        StringBuilder field = new();
        bool isQuoted = false;
        int line = start > 0 ? 2 : 1;
        int first = line;
        for (int i = start; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : '\n';
            if (isQuoted && i < text.Length)
            {
                if (c != '"')
                {
                    field.Append(c);
                    line += c == '\n' ? 1 : 0;
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    isQuoted = false;
                }
            }
            else if (c == '"')
            {
                isQuoted = true;
            }
            else if (c == delimiter || c == '\n')
            {
                record.Add(field.ToString().TrimEnd('\r'));
                field.Clear();
                if (c == '\n')
                {
                    if (record.Count > 1 || record[0].Length > 0)
                    {
                        yield return (first, [.. record]);
                    }

                    record.Clear();
                    first = ++line;
                }
            }
            else
            {
                field.Append(c);
            }
        }
    }
}
