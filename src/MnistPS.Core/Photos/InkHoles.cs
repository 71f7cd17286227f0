namespace MnistPS.Photos;

/// <summary>Counts the areas of paper that ink encloses: one in a 0, two in an 8, and many in a crossword.</summary>
internal static class InkHoles
{
    // What is smaller than this share of the box is a gap in the ink of a pen.
    private const double LeastShare = 0.001;

    /// <summary>How many there are in a group.</summary>
    public static int Count(DigitGroup group)
    {
        Box box = group.Box;
        byte[] paper = new byte[box.Width * box.Height];
        Array.Fill(paper, (byte)1);
        foreach (InkRun run in group.Components.SelectMany(component => component.Runs))
        {
            paper.AsSpan(((run.Row - box.Top) * box.Width) + run.Start - box.Left, run.Length).Clear();
        }

        return InkComponents.Of(InkComponents.RunsOf(new Plane(box.Width, box.Height, paper))).Count(area
            => area.Area >= LeastShare * paper.Length && area.Box.Left > 0 && area.Box.Top > 0 && area.Box.Right < box.Width && area.Box.Bottom < box.Height);
    }
}
