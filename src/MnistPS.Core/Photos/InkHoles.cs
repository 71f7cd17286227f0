namespace MnistPS.Photos;

/// <summary>Counts the holes of a group: areas of paper that ink encloses. A 0 has one, an 8 has two, and a crossword has many.</summary>
internal static class InkHoles
{
    // The smallest area of a hole, as a share of the bounding box's area. Smaller areas are gaps in the ink of a stroke.
    private const double LeastShare = 0.001;

    /// <summary>Counts the holes of a group.</summary>
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
