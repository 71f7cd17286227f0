using System.Globalization;
using MnistPS.Plots;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using Color = ScottPlot.Color;
using Plot = ScottPlot.Plot;

namespace MnistPS.Imaging;

/// <summary>Draws panels of lines with ScottPlot's axes.</summary>
internal static class LinePainter
{
    private const float TextSize = 13;
    private const float PanelTitleSize = 14.5f;
    private const float PanelTitleHeight = 26;
    private const float Gap = 26;
    private const float EndLabelWidth = 52;
    private const float AxisWidth = 54;
    private const float AxisHeight = 26;
    private const float XLabelHeight = 22;

    // Points that are further apart get a marker, in pixels.
    private const float MarkedDistance = 14;

    /// <summary>Draws the legend and the panels into a rectangle.</summary>
    public static void Draw(SKCanvas canvas, LinePlot plot, SKRect area, Palette palette)
    {
        float top = DrawLegend(canvas, plot, area, palette);
        float width = (area.Width - (plot.Columns - 1) * Gap) / plot.Columns;
        float height = (area.Bottom - top - (plot.Rows - 1) * Gap / 2) / plot.Rows;
        for (int i = 0; i < plot.Panels.Count; i++)
        {
            float left = area.Left + i % plot.Columns * (width + Gap);
            float y = top + i / plot.Columns * (height + Gap / 2);
            DrawPanel(canvas, plot.Panels[i], new SKRect(left, y, left + width, y + height), palette, plot.Legend.Count == 0);
        }
    }

    private static float DrawLegend(SKCanvas canvas, LinePlot plot, SKRect area, Palette palette)
    {
        if (plot.Legend.Count == 0)
        {
            return area.Top;
        }

        const float Swatch = 22;
        const float Space = 18;
        const float LineHeight = 22;
        float x = area.Left;
        float y = area.Top + TextSize;
        if (plot.LegendTitle.Length > 0)
        {
            Typography.Shared.Draw(canvas, plot.LegendTitle, x, y, TextSize, palette.Muted);
            x += Typography.Shared.Measure(plot.LegendTitle, TextSize) + Space;
        }

        foreach ((string name, int color) in plot.Legend)
        {
            string text = Typography.Shared.Fit(name, area.Width - Swatch, TextSize);
            float width = Swatch + Typography.Shared.Measure(text, TextSize);
            if (x > area.Left && x + width > area.Right)
            {
                x = area.Left;
                y += LineHeight;
            }

            using SKPaint paint = new() { Color = palette.Line(color), IsAntialias = true, StrokeWidth = 3, StrokeCap = SKStrokeCap.Round };
            canvas.DrawLine(x + 2, y - TextSize * 0.36f, x + Swatch - 8, y - TextSize * 0.36f, paint);
            Typography.Shared.Draw(canvas, text, x + Swatch, y, TextSize, palette.Text);
            x += width + Space;
        }

        return y + LineHeight - 4;
    }

    private static void DrawPanel(SKCanvas canvas, LinePanel panel, SKRect area, Palette palette, bool namesEnds)
    {
        string title = Typography.Shared.Fit(panel.Title, area.Width, PanelTitleSize, isBold: true);
        Typography.Shared.Draw(canvas, title, area.Left, area.Top + PanelTitleSize, PanelTitleSize, palette.Text, isBold: true);
        float end = namesEnds && panel.Mark is null ? EndLabelWidth : 10;
        float below = AxisHeight + (panel.XLabel.Length > 0 ? XLabelHeight : 0);
        SKRect data = new(area.Left + AxisWidth, area.Top + PanelTitleHeight, area.Right - end, area.Bottom - below);
        panel = WithMargins(panel);
        using (Plot axes = Axes(panel, data, area, palette))
        {
            // ScottPlot's first rendering draws twice to measure its ticks. The picture must have each line once.
            PixelRect place = new(area.Left, area.Right, area.Bottom, area.Top);
            using SKNoDrawCanvas nowhere = new((int)area.Right, (int)area.Bottom);
            axes.Render(nowhere, place);
            axes.Render(canvas, place);
        }

        if (panel.XLabel.Length > 0)
        {
            Typography.Shared.Draw(canvas, panel.XLabel, data.MidX, area.Bottom - 5, TextSize, palette.Muted, SKTextAlign.Center);
        }

        float X(double x) => (float)(data.Left + panel.Along(x) * data.Width);
        float Y(double y) => (float)(data.Bottom - panel.Up(y) * data.Height);
        if (panel.Mark is { } mark)
        {
            DrawMark(canvas, mark.Label, X(mark.X), data, palette);
        }

        if (namesEnds && panel.Mark is null)
        {
            foreach (LineSeries series in panel.Series.Where(series => series.Points.Any()))
            {
                (double x, double y) = series.Points.Last();
                string text = y.ToString(Math.Abs(y) < 100 ? "0.000" : "0.0E+0", CultureInfo.InvariantCulture);
                Typography.Shared.Draw(canvas, text, Math.Max(X(x), data.Left) + 9, Y(y) + 4.5f, TextSize, palette.Line(series.Color), isBold: true);
            }
        }
    }

    // Room for the markers of the first and the last point.
    private static LinePanel WithMargins(LinePanel panel)
    {
        const double Share = 0.02;
        (double min, double max) = panel.X;
        double factor = Math.Pow(max / min, Share);
        double step = Share * (max - min);
        return panel with { X = panel.IsLogarithmic ? (min / factor, max * factor) : (min - step, max + step) };
    }

    private static void DrawMark(SKCanvas canvas, string label, float x, SKRect data, Palette palette)
    {
        using SKPaint paint = new()
        {
            Color = palette.Highlight,
            IsAntialias = true,
            StrokeWidth = 1.5f,
            Style = SKPaintStyle.Stroke,
            PathEffect = SKPathEffect.CreateDash([5, 4], 0),
        };
        canvas.DrawLine(x, data.Top, x, data.Bottom, paint);
        bool isRight = x > data.MidX;
        Typography.Shared.Draw(
            canvas, label, x + (isRight ? -8 : 8), data.Top + TextSize + 2, TextSize, palette.Highlight, isRight ? SKTextAlign.Right : SKTextAlign.Left, isBold: true);
    }

    private static Plot Axes(LinePanel panel, SKRect data, SKRect area, Palette palette)
    {
        Plot plot = new();

        // The canvas already holds the panels before this one.
        plot.RenderManager.ClearCanvasBeforeEachRender = false;
        plot.FigureBackground.Color = Colors.Transparent;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Layout.Fixed(new PixelPadding(data.Left - area.Left, area.Right - data.Right, area.Bottom - data.Bottom, data.Top - area.Top));
        plot.Grid.MajorLineColor = Color.FromSKColor(palette.Grid);
        plot.Grid.MajorLineWidth = 1;
        plot.Grid.XAxisStyle.IsVisible = panel.IsLogarithmic;
        plot.Axes.Frame(false);
        plot.Axes.Bottom.FrameLineStyle.IsVisible = true;
        plot.Axes.Bottom.FrameLineStyle.Color = Color.FromSKColor(palette.Axis);
        foreach (IAxis axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.TickLabelStyle.FontName = Typography.Family;
            axis.TickLabelStyle.FontSize = TextSize;
            axis.TickLabelStyle.ForeColor = Color.FromSKColor(palette.Muted);
            axis.MajorTickStyle.Color = Color.FromSKColor(palette.Axis);
            axis.MajorTickStyle.Length = axis == plot.Axes.Bottom ? 4 : 0;
            axis.MinorTickStyle.Length = 0;
        }

        EvenlySpacedMinorTickGenerator none = new(1);
        plot.Axes.Bottom.TickGenerator = panel.IsLogarithmic ? Decades(panel) : new NumericAutomatic { IntegerTicksOnly = true, LabelFormatter = Label, MinorTickGenerator = none };
        plot.Axes.Left.TickGenerator = new NumericAutomatic { LabelFormatter = Label, TickDensity = 0.7, MinorTickGenerator = none };
        foreach (LineSeries series in panel.Series)
        {
            Color color = Color.FromSKColor(palette.Line(series.Color));
            foreach (IReadOnlyList<(double X, double Y)> piece in series.Pieces)
            {
                double[] x = [.. piece.Select(point => panel.IsLogarithmic ? Math.Log10(point.X) : point.X)];
                ScottPlot.Plottables.Scatter line = plot.Add.Scatter(x, piece.Select(point => point.Y).ToArray(), color);
                line.LineWidth = 2.2f;
                bool isSparse = piece.Count == 1 || data.Width * (panel.Along(piece[^1].X) - panel.Along(piece[0].X)) / (piece.Count - 1) > MarkedDistance;
                line.MarkerSize = isSparse ? 6 : 0;
            }
        }

        plot.Axes.SetLimits(
            panel.IsLogarithmic ? Math.Log10(panel.X.Min) : panel.X.Min, panel.IsLogarithmic ? Math.Log10(panel.X.Max) : panel.X.Max, panel.Y.Min, panel.Y.Max);
        return plot;
    }

    private static string Label(double value) => value == 0 ? "0"
        : Math.Abs(value) is >= 1e5 or < 1e-4 ? value.ToString("0.##E+0", CultureInfo.InvariantCulture)
        : value.ToString("0.#####", CultureInfo.InvariantCulture);

    private static NumericManual Decades(LinePanel panel)
    {
        NumericManual ticks = new();
        for (int decade = (int)Math.Ceiling(Math.Log10(panel.X.Min) - 1e-9); decade <= Math.Log10(panel.X.Max) + 1e-9; decade++)
        {
            ticks.AddMajor(decade, Label(Math.Pow(10, decade)));
        }

        return ticks;
    }
}
