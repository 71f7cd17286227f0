namespace MnistPS.Web;

/// <summary>Mistakes as cards: the picture, what was written and what was read, and all ten scores.</summary>
internal static class MistakeCards
{
    /// <summary>A card each.</summary>
    public static Markup Draw(IEnumerable<Prediction> mistakes) => Markup.Of($"<div class=\"cards\">{Markup.Join(mistakes.Select(Card))}</div>");

    private static Markup Card(Prediction mistake)
    {
        int expected = mistake.Expected!.Value;
        string scores = string.Join(", ", mistake.Scores.Select((score, digit) => FormattableString.Invariant($"{digit}: {score:0.000}")));
        Markup bars = Markup.Join(mistake.Scores.Select((score, digit) => Bar(digit, Math.Clamp(score, 0, 1))));
        return Markup.Of(
            $"<figure>{PictureHtml.Draw(mistake)}<figcaption><strong>{expected}</strong> read as <strong class=\"misread\">{mistake.Label}</strong><small>image {mistake.Index}</small><small>{mistake.Label}: {mistake.Scores[mistake.Label!.Value]:0.000}, {expected}: {mistake.Scores[expected]:0.000}</small></figcaption><svg viewBox=\"0 0 100 34\" role=\"img\" aria-label=\"Scores: {scores}\">{bars}</svg></figure>");

        Markup Bar(int digit, double score)
        {
            string kind = digit == mistake.Label ? "misread" : digit == expected ? "written" : "other";
            return Markup.Of(
                $"<g class=\"{kind}\"><rect x=\"{(10 * digit) + 1}\" y=\"{24 - (23 * score):0.#}\" width=\"8\" height=\"{0.5 + (23 * score):0.#}\" rx=\"1\"/><text x=\"{(10 * digit) + 5}\" y=\"33\" text-anchor=\"middle\">{digit}</text></g>");
        }
    }
}
