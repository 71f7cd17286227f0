using System.Globalization;
using System.Text;

namespace MnistPS.Plots;

/// <summary>Draws lines as text: in colour with braille (Unicode 2800 to 28FF), 2 by 4 dots per character, else with an ASCII character per line.</summary>
internal static class TerminalPlot
{
    private const int Height = 9;
    private const int LeastWidth = 34;
    private const int MostWidth = 76;
    private const int LabelWidth = 7;
    private const string Gap = "   ";
    private const string Marks = "*o+x#%@&";

    // Colours of a lightness that is readable on white and on black.
    private static readonly string[] _colors =
        ["59;130;246", "232;113;10", "18;160;122", "192;79;174", "166;133;0", "26;165;196", "138;99;240", "224;85;85"];

    /// <summary>Draws a plot as lines of text.</summary>
    /// <param name="plot">The plot.</param>
    /// <param name="columns">Columns of the terminal. Panels stand side by side if they fit.</param>
    /// <param name="color">Whether escape sequences may set colours.</param>
    public static string[] Draw(LinePlot plot, int columns, bool color)
    {
        // A terminal may wrap a line that fills all columns.
        int room = Math.Max(LeastWidth, columns - 1);
        int sideBySide = (room + Gap.Length) / (LeastWidth + Gap.Length) >= plot.Columns ? plot.Columns : 1;
        int width = Math.Min(MostWidth, (room + Gap.Length) / sideBySide - Gap.Length);
        List<string> lines = [.. new[] { plot.Title, plot.Note }.Where(line => line.Length > 0), .. Legend(plot, room, color)];
        foreach (LinePanel[] row in plot.Panels.Chunk(sideBySide))
        {
            lines.Add("");
            string[][] panels = [.. row.Select(panel => Panel(panel, width, color, plot.Legend.Count == 0))];
            lines.AddRange(Enumerable.Range(0, panels.Max(panel => panel.Length)).Select(i => string.Join(Gap, panels.Select(panel => panel[i])).TrimEnd()));
        }

        return [.. lines];
    }

    private static IEnumerable<string> Legend(LinePlot plot, int room, bool color)
    {
        StringBuilder line = new(plot.LegendTitle.Length > 0 && plot.Legend.Count > 0 ? $"{plot.LegendTitle}:" : "");
        int width = line.Length;
        foreach ((string name, int number) in plot.Legend)
        {
            string entry = $"{(color ? "──" : Mark(number))} {name}";
            if (width > 0 && width + 2 + entry.Length > room)
            {
                yield return line.ToString();
                line.Clear();
                width = 0;
            }

            string gap = width > 0 ? "  " : "";
            line.Append(gap).Append(color ? $"{Paint(number)}──\e[0m {name}" : entry);
            width += gap.Length + entry.Length;
        }

        if (line.Length > 0)
        {
            yield return line.ToString();
        }
    }

    private static string[] Panel(LinePanel panel, int width, bool color, bool namesEnd)
    {
        int across = width - LabelWidth - 1;
        Cell[,] cells = color ? Dots(panel, across) : Characters(panel, across);
        Dictionary<int, string> labels = Labels(panel);
        List<string> lines = [Cut(Title(panel, namesEnd), width)];
        for (int row = 0; row < Height; row++)
        {
            StringBuilder line = new();
            line.Append(labels.GetValueOrDefault(row, "").PadLeft(LabelWidth - 1)).Append(' ').Append(color ? '│' : '|');
            int? current = null;
            for (int column = 0; column < across; column++)
            {
                Cell cell = cells[row, column];
                if (color && cell.Color != current && cell.Symbol != ' ')
                {
                    line.Append(cell.Color is int number ? Paint(number) : "\e[0m");
                    current = cell.Color;
                }

                line.Append(cell.Symbol);
            }

            lines.Add(line.Append(current is null ? "" : "\e[0m").ToString());
        }

        lines.Add(new string(' ', LabelWidth) + (color ? '└' : '+') + new string(color ? '─' : '-', across));
        lines.Add(XLabels(panel, across));
        return [.. lines];
    }

    private static string Title(LinePanel panel, bool namesEnd)
    {
        LineSeries[] drawn = [.. panel.Series.Where(series => series.Points.Any())];
        return panel.Mark is { } mark ? $"{panel.Title} (: {mark.Label})"
            : namesEnd && drawn.Length == 1 ? $"{panel.Title}  {Number(drawn[0].Points.Last().Y, 3)}"
            : panel.Title;
    }

    private static string XLabels(LinePanel panel, int across)
    {
        // With a single point, the axis is centred on it.
        double[] places = [.. panel.Series.SelectMany(series => series.X).Distinct().Take(2)];
        bool isOne = places.Length == 1;
        string first = isOne ? "" : Number(panel.X.Min, null);
        string last = isOne ? "" : Number(panel.X.Max, null);
        string middle = isOne ? $"{panel.XLabel} {Number(places[0], null)}".TrimStart() : panel.XLabel;
        int free = Math.Max(0, across - first.Length - last.Length - middle.Length);
        return new string(' ', LabelWidth + 1) + first + new string(' ', free / 2) + middle + new string(' ', free - free / 2) + last;
    }

    /// <summary>Round values of the vertical axis, each at the nearest row.</summary>
    private static Dictionary<int, string> Labels(LinePanel panel)
    {
        double rough = (panel.Y.Max - panel.Y.Min) / 5;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
        int decimals = Math.Clamp((int)Math.Ceiling(-Math.Log10(step) - 1e-9), 0, 6);
        Dictionary<int, string> labels = [];
        for (double tick = Math.Ceiling(panel.Y.Min / step - 1e-9) * step; tick <= panel.Y.Max + 1e-9 * step; tick += step)
        {
            labels.TryAdd(Row(panel.Up(tick), Height), Number(Math.Abs(tick) < 1e-9 * step ? 0 : tick, decimals));
        }

        return labels;
    }

    private static Cell[,] Dots(LinePanel panel, int across)
    {
        int[,] dots = new int[Height, across];
        Cell[,] cells = Blank(panel, across, '┊');
        foreach (LineSeries series in panel.Series)
        {
            foreach ((int column, int row) in Trace(panel, series, 2 * across, 4 * Height))
            {
                dots[row / 4, column / 2] |= Bit(column % 2, row % 4);
                cells[row / 4, column / 2] = new Cell((char)(0x2800 + dots[row / 4, column / 2]), series.Color);
            }
        }

        return cells;

        // https://www.unicode.org/charts/PDF/U2800.pdf: three rows of dots, then the fourth.
        static int Bit(int column, int row) => row == 3 ? 0x40 << column : 1 << (row + 3 * column);
    }

    private static Cell[,] Characters(LinePanel panel, int across)
    {
        Cell[,] cells = Blank(panel, across, ':');
        foreach (LineSeries series in panel.Series)
        {
            foreach ((int column, int row) in Trace(panel, series, across, Height))
            {
                cells[row, column] = new Cell(Mark(series.Color), null);
            }
        }

        return cells;
    }

    private static Cell[,] Blank(LinePanel panel, int across, char mark)
    {
        Cell[,] cells = new Cell[Height, across];
        int? marked = panel.Mark is { } at ? Column(panel.Along(at.X), across) : null;
        for (int row = 0; row < Height; row++)
        {
            for (int column = 0; column < across; column++)
            {
                cells[row, column] = new Cell(column == marked ? mark : ' ', null);
            }
        }

        return cells;
    }

    /// <summary>The cells of a line, its points joined.</summary>
    private static IEnumerable<(int Column, int Row)> Trace(LinePanel panel, LineSeries series, int columns, int rows)
    {
        foreach (IReadOnlyList<(double X, double Y)> piece in series.Pieces)
        {
            (double X, double Y) from = Place(piece[0]);
            foreach ((double X, double Y) point in piece)
            {
                (double X, double Y) to = Place(point);
                int steps = Math.Max(1, (int)Math.Ceiling(Math.Max(Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y))));
                for (int step = 0; step <= steps; step++)
                {
                    double x = from.X + (to.X - from.X) * step / steps;
                    double y = from.Y + (to.Y - from.Y) * step / steps;
                    if (y > -0.5 && y < rows - 0.5)
                    {
                        yield return ((int)Math.Round(x), (int)Math.Round(y));
                    }
                }

                from = to;
            }
        }

        (double X, double Y) Place((double X, double Y) point) => (panel.Along(point.X) * (columns - 1), (1 - panel.Up(point.Y)) * (rows - 1));
    }

    private static int Row(double up, int rows) => Math.Clamp((int)Math.Round((1 - up) * (rows - 1)), 0, rows - 1);

    private static int Column(double along, int columns) => Math.Clamp((int)Math.Round(along * (columns - 1)), 0, columns - 1);

    /// <summary>A number with a count of decimals; null for as many as it needs, at most three.</summary>
    private static string Number(double value, int? decimals) => value == 0 ? "0"
        : Math.Abs(value) is >= 1e5 or < 1e-3 ? value.ToString("0.#E+0", CultureInfo.InvariantCulture)
        : value.ToString(decimals is int fixedCount ? $"F{fixedCount}" : "0.###", CultureInfo.InvariantCulture);

    private static string Cut(string text, int width) => text.Length <= width ? text.PadRight(width) : text[..width];

    private static char Mark(int number) => Marks[number % Marks.Length];

    private static string Paint(int number) => $"\e[38;2;{_colors[number % _colors.Length]}m";

    /// <summary>A character of a panel and its colour index, or null for the default colour.</summary>
    private readonly record struct Cell(char Symbol, int? Color);
}
