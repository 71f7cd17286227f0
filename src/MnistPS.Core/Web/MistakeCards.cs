namespace MnistPS.Web;

/// <summary>Mistakes as cards: the picture, the digit as written and as read, and all ten scores.</summary>
internal static class MistakeCards
{
    /// <summary>Draws one card per mistake.</summary>
    public static HtmlText Draw(IEnumerable<Prediction> mistakes) => HtmlText.Of($"<div class=\"cards\">{HtmlText.Join(mistakes.Select(Card))}</div>");

    private static HtmlText Card(Prediction mistake)
    {
        int expected = mistake.Expected!.Value;
        int read = mistake.Label!.Value;
        IReadOnlyList<string> names = mistake.ClassNames;
        string scores = string.Join(", ", mistake.Scores.Select((score, digit) => FormattableString.Invariant($"{names[digit]}: {score:0.000}")));
        HtmlText bars = HtmlText.Join(mistake.Scores.Select((score, digit) => Bar(digit, Math.Clamp(score, 0, 1))));
        return HtmlText.Of(
            $"<figure>{HtmlText.Picture(mistake)}<figcaption><strong>{names[expected]}</strong> read as <strong class=\"misread\">{names[read]}</strong><small>image {mistake.Index}</small><small>{names[read]}: {mistake.Scores[read]:0.000}, {names[expected]}: {mistake.Scores[expected]:0.000}</small></figcaption><svg viewBox=\"0 0 100 34\" role=\"img\" aria-label=\"Scores: {scores}\">{bars}</svg></figure>");

        HtmlText Bar(int digit, double score)
        {
            string kind = digit == read ? "misread" : digit == expected ? "written" : "other";
            return HtmlText.Of(
                $"<g class=\"{kind}\"><rect x=\"{(10 * digit) + 1}\" y=\"{24 - (23 * score):0.#}\" width=\"8\" height=\"{0.5 + (23 * score):0.#}\" rx=\"1\"/><text x=\"{(10 * digit) + 5}\" y=\"33\" text-anchor=\"middle\">{digit}</text></g>");
        }
    }
}
