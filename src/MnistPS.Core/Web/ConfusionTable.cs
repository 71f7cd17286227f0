namespace MnistPS.Web;

/// <summary>The confusion matrix as an HTML table. Cells show examples on hover and focus, without a script.</summary>
internal static class ConfusionTable
{
    private const int Shades = 9;
    private const int Examples = 4;

    /// <summary>Draws the table: rows are digits as written, columns digits as read.</summary>
    public static HtmlText Draw(PredictionSummary summary, IReadOnlyCollection<Prediction> labelled)
    {
        ILookup<(int, int), Prediction> byCell = labelled.ToLookup(prediction => (prediction.Expected!.Value, prediction.Label!.Value));
        int mostWrong = summary.MostConfused.Count > 0 ? summary.MostConfused[0].Count : 1;
        int mostRight = Math.Max(Enumerable.Range(0, 10).Max(digit => summary.ConfusionMatrix[digit, digit]), 1);
        IReadOnlyList<string> names = summary.ClassNames;
        HtmlText head = HtmlText.Join(Enumerable.Range(0, 10).Select(digit => HtmlText.Of($"<th scope=\"col\">{names[digit]}</th>")));
        HtmlText rows = HtmlText.Join(Enumerable.Range(0, 10).Select(expected => HtmlText.Of(
            $"<tr><th scope=\"row\">{names[expected]}</th>{HtmlText.Join(Enumerable.Range(0, 10).Select(read => Cell(expected, read)))}</tr>")));
        return HtmlText.Of(
            $"<table class=\"confusion\"><caption>Rows: digits as written. Columns: digits as read.</caption><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>");

        HtmlText Cell(int expected, int read)
        {
            int count = summary.ConfusionMatrix[expected, read];
            if (count == 0)
            {
                return HtmlText.Of($"<td class=\"none\">0</td>");
            }

            // The square root makes rare mistakes visible.
            int shade = (int)Math.Ceiling(Shades * Math.Sqrt((double)count / (expected == read ? mostRight : mostWrong)));
            HtmlText pictures = HtmlText.Join(byCell[(expected, read)].OrderByDescending(prediction => prediction.Confidence).Take(Examples).Select(HtmlText.Picture));
            return HtmlText.Of(
                $"<td class=\"{(expected == read ? "right" : "wrong")} s{shade}\" tabindex=\"0\">{count}<span class=\"examples\"><b>{names[expected]} read as {names[read]}</b>{pictures}</span></td>");
        }
    }
}
