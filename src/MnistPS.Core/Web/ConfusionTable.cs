namespace MnistPS.Web;

/// <summary>The confusion matrix as a table whose cells show examples under the pointer or the focus, without a script.</summary>
internal static class ConfusionTable
{
    private const int Shades = 9;
    private const int Examples = 4;

    /// <summary>Rows are digits as written, columns as read.</summary>
    public static Markup Draw(PredictionSummary summary, IReadOnlyCollection<Prediction> labelled)
    {
        ILookup<(int, int), Prediction> byCell = labelled.ToLookup(prediction => (prediction.Expected!.Value, prediction.Label!.Value));
        int mostWrong = summary.MostConfused.Count > 0 ? summary.MostConfused[0].Count : 1;
        int mostRight = Math.Max(Enumerable.Range(0, 10).Max(digit => summary.ConfusionMatrix[digit, digit]), 1);
        Markup head = Markup.Join(Enumerable.Range(0, 10).Select(digit => Markup.Of($"<th scope=\"col\">{digit}</th>")));
        Markup rows = Markup.Join(Enumerable.Range(0, 10).Select(expected => Markup.Of(
            $"<tr><th scope=\"row\">{expected}</th>{Markup.Join(Enumerable.Range(0, 10).Select(read => Cell(expected, read)))}</tr>")));
        return Markup.Of(
            $"<table class=\"confusion\"><caption>Rows: digits as written. Columns: digits as read.</caption><thead><tr><td></td>{head}</tr></thead><tbody>{rows}</tbody></table>");

        Markup Cell(int expected, int read)
        {
            int count = summary.ConfusionMatrix[expected, read];
            if (count == 0)
            {
                return Markup.Of($"<td class=\"none\">0</td>");
            }

            // By the root, since few are many among mistakes.
            int shade = (int)Math.Ceiling(Shades * Math.Sqrt((double)count / (expected == read ? mostRight : mostWrong)));
            Markup pictures = Markup.Join(byCell[(expected, read)].OrderByDescending(prediction => prediction.Confidence).Take(Examples).Select(PictureHtml.Draw));
            return Markup.Of(
                $"<td class=\"{(expected == read ? "right" : "wrong")} s{shade}\" tabindex=\"0\">{count}<span class=\"examples\"><b>{expected} read as {read}</b>{pictures}</span></td>");
        }
    }
}
