using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Finds handwriting on a photo. A thumbnail is searched for dark and for light ink, in the grey image and in each colour channel.
/// The best tone and channel of the thumbnail are then used on the photo itself.
/// </summary>
internal static class InkFinder
{
    // The smallest length of the thumbnail's longer side, in pixels. Smaller photos are not reduced.
    private const int ThumbnailSide = 400;

    // The largest stroke width, as a share of the photo's longer side.
    private const double WidestStroke = 0.25;

    // The width of the closing's kernel that estimates the paper, in stroke widths.
    private const double WindowInStrokes = 6;

    // The stroke width from which a component is no handwriting, as a share of its longer side. Fingers and sheets are wider.
    private const double LargestStrokeShare = 0.42;

    // The stroke width up to which a component counts fully as handwriting, as a share of its longer side.
    private const double FullScoreStrokeShare = 0.3;

    // The score of a component that is too wide to be a stroke, from 0 to 1.
    private const double WideScore = 0.1;

    // The factor of the score of a component that touches the photo's border.
    private const double BorderFactor = 0.002;

    // The largest contrast of a rule's pixel, as a multiple of the median contrast of the rules' pixels.
    private const double DarkestRule = 1.5;

    // The longest remnant of a rule where another rule crosses it, in thicknesses of the rules. A thin straight stroke is longer.
    private const double CrossingInThicknesses = 5;

    // The factor of the score of dark ink on a dark ground, and of light ink on a light ground.
    private const double SameToneFactor = 0.35;

    // The largest side of such ink, as a share of the photo's longer side.
    private const double LargestSameTone = 0.8;

    // The grey value below which a ground is dark, of 255.
    private const int DarkGround = 110;

    // The largest contrast of the paper's noise, as a multiple of the median contrast.
    private const int NoiseInMedians = 6;

    // The smallest threshold of noise, as a contrast of 255.
    private const int LeastNoise = 12;

    // The smallest side of handwriting, in pixels.
    private const int LeastSide = 5;

    // The smallest side of handwriting, as a share of the photo's longer side.
    private const double LeastShare = 0.012;

    // The smallest ratio of clarity at which a colour channel is chosen before the grey image.
    private const double LeastClarityRatio = 1.35;

    /// <summary>Finds the ink of a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="tone">Whether the ink is dark or light. With null, both are searched.</param>
    /// <returns>The ink, or null if there is none.</returns>
    public static Ink? Find(Photo photo, InkTone? tone)
    {
        int factor = Math.Max(1, Math.Max(photo.Width, photo.Height) / ThumbnailSide);
        Plane[] thumbnails = [.. Enum.GetValues<Channel>().Select(channel => photo.Channel(channel, factor))];
        int side = Math.Max(thumbnails[0].Width, thumbnails[0].Height);

        Ink? best = null;
        double bestScore = 0;
        foreach (InkTone one in tone is { } given ? [given] : Enum.GetValues<InkTone>())
        {
            Ink? found = null;
            foreach (Channel channel in Enum.GetValues<Channel>())
            {
                Ink? ink = Search(thumbnails[(int)channel], channel, one, (int)(WidestStroke * side));
                if (ink is not null && (found is null || Clarity(ink) > LeastClarityRatio * Clarity(found)))
                {
                    found = ink;
                }
            }

            if (found is not null && TotalScore(found, thumbnails) is var total && total > bestScore)
            {
                best = found;
                bestScore = total;
            }
        }

        if (best is null)
        {
            return null;
        }

        int window = (int)Math.Clamp(WindowInStrokes * best.Main.StrokeWidth, 0.05 * side, WidestStroke * side);
        return factor == 1 && window == (int)(WidestStroke * side)
            ? best
            : Search(photo.Channel(best.Channel), best.Channel, best.Tone, Math.Max(window, 3) * factor, isKnown: true);
    }

    /// <summary>The darker of two inks, such as a pen's on printed rules. Null where there is only one ink.</summary>
    public static Ink? Darker(Ink ink)
    {
        InkLevel level = InkLevel.Of(ink.Contrast, ink.Level.Threshold);
        return level.Threshold > ink.Level.Threshold ? With(level, ink) : null;
    }

    /// <summary>The ink with its fainter strokes, which are no fainter than printed rules and noise can be. Null where there are none.</summary>
    public static Ink? Fainter(Ink ink)
    {
        InkLevel level = ink.Level with { Paper = ink.Level.Typical };
        return level.Threshold < ink.Level.Threshold ? With(level, ink) : null;
    }

    private static Ink? With(InkLevel level, Ink ink)
    {
        List<InkComponent> components = Components(ink.Contrast, level, 0);
        return components.Count == 0 ? null : ink with { Level = level, Components = components, Main = Main(components, ink.Contrast) };
    }

    /// <summary>Whether a component touches the photo's border.</summary>
    public static bool IsCut(Ink ink, InkComponent component) => IsCut(ink.Contrast, component);

    private static bool IsCut(Plane plane, InkComponent component)
        => component.Box.Left <= 0 || component.Box.Top <= 0 || component.Box.Right >= plane.Width || component.Box.Bottom >= plane.Height;

    private static double Clarity(Ink ink) => ink.Level.Ink * Math.Min(10, (double)ink.Level.Ink / Math.Max(ink.Level.Paper, 1)) * Score(ink.Main, ink.Contrast);

    private static double TotalScore(Ink ink, Plane[] thumbnails)
    {
        double mainScore = Score(ink.Main, ink.Contrast);
        bool isOppositeTone = (ink.Tone == InkTone.Light) == (Ground(thumbnails[(int)ink.Channel]) < DarkGround);

        // The paper between two rules or strokes is lighter than they are, but it is no ink.
        double toneFactor = isOppositeTone ? 1
            : mainScore < 1 || ink.Main.Box.Side > LargestSameTone * Math.Max(ink.Contrast.Width, ink.Contrast.Height) ? 0
            : SameToneFactor;

        // The sum counts the many digits of a page, of which each is smaller than a patch of light in a shadow. The squares limit the effect of many specks.
        double written = Math.Sqrt(ink.Components.Sum(component => Math.Pow(component.Box.Side * Score(component, ink.Contrast), 2)));
        return Math.Sqrt(written) * Math.Min(1, ink.Level.Ink / 60.0) * toneFactor;
    }

    /// <summary>The grey value of the lit paper: the third quartile, which shadows and a table hardly change.</summary>
    private static int Ground(Plane plane)
    {
        byte[] sorted = (byte[])plane.Values.Clone();
        Array.Sort(sorted);
        return sorted[sorted.Length * 3 / 4];
    }

    // Where the thumbnail has shown ink, its presence is not tested again. At full size, fine rules and the paper's texture have more contrast.
    private static Ink? Search(Plane plane, Channel channel, InkTone tone, int window, bool isKnown = false)
    {
        (Plane contrast, int rules, double thickness) = WithoutRules(ContrastMap.Of(plane, tone, window));
        InkLevel level = InkLevel.Of(contrast);
        if (!isKnown && !level.IsThere)
        {
            return null;
        }

        List<InkComponent> components = Components(contrast, level, thickness);
        if (components.Count == 0)
        {
            return null;
        }

        InkComponent main = Main(components, contrast);

        // Other objects on the photo influence the level of ink. The main component gives the level of the handwriting.
        InkLevel own = level with { Ink = Typical(contrast, main) };
        if (Math.Abs(own.Threshold - level.Threshold) > level.Threshold / 8)
        {
            level = own;
            components = Components(contrast, level, thickness);
            if (components.Count == 0)
            {
                return null;
            }

            main = Main(components, contrast);
        }

        // Noise consists of specks.
        return main.Box.Side < Math.Max(LeastSide, LeastShare * Math.Max(plane.Width, plane.Height)) ? null : new Ink(tone, channel, contrast, level, components, main, rules);
    }

    /// <summary>Removes rules from a contrast map. Rules have more contrast than noise, and often less than ink.</summary>
    private static (Plane Contrast, int Count, double Thickness) WithoutRules(Plane contrast)
    {
        Plane mask = Mask(contrast, Noise(contrast));
        (Plane rest, int count, double thickness) = RuledLines.Remove(mask);
        if (count == 0)
        {
            return (contrast, 0, 0);
        }

        // A stroke along a rule is kept where it is darker than the rules.
        int[] places = [.. Enumerable.Range(0, mask.Values.Length).Where(i => mask.Values[i] != rest.Values[i])];
        byte[] levels = Array.ConvertAll(places, i => contrast.Values[i]);
        Array.Sort(levels);
        double most = DarkestRule * levels[levels.Length / 2];
        byte[] values = (byte[])contrast.Values.Clone();
        foreach (int i in places)
        {
            if (values[i] <= most)
            {
                values[i] = 0;
            }
        }

        return (contrast with { Values = values }, count, thickness);
    }

    /// <summary>The contrast that is larger than the paper's noise. It is a multiple of the median, because at least half of the pixels are paper.</summary>
    private static int Noise(Plane contrast)
    {
        int[] histogram = new int[256];
        foreach (byte value in contrast.Values)
        {
            histogram[value]++;
        }

        int left = contrast.Values.Length / 2;
        int median = 0;
        while ((left -= histogram[median]) > 0)
        {
            median++;
        }

        return Math.Clamp(NoiseInMedians * median, LeastNoise, 255);
    }

    private static List<InkComponent> Components(Plane contrast, InkLevel level, double thickness)
    {
        List<InkComponent> components = InkComponents.Of(InkComponents.RunsOf(Mask(contrast, level.Threshold)));

        // Small components at the crossings of rules are remnants of the rules.
        components.RemoveAll(component => component.Box.Side <= CrossingInThicknesses * thickness);
        return components;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Plane Mask(Plane contrast, int threshold)
    {
        byte[] mask = new byte[contrast.Values.Length];
        for (int i = 0; i < mask.Length; i++)
        {
            mask[i] = contrast.Values[i] >= threshold ? (byte)1 : (byte)0;
        }

        return contrast with { Values = mask };
    }

    private static InkComponent Main(List<InkComponent> components, Plane contrast)
        => components.MaxBy(component => component.Box.Side * Math.Sqrt(component.Area) * Score(component, contrast))!;

    /// <summary>A score, from 0 to 1, of how likely a component is handwriting: narrow strokes that do not touch the photo's border.</summary>
    private static double Score(InkComponent component, Plane contrast)
    {
        double share = component.StrokeWidth / component.Box.Side;
        return (IsCut(contrast, component) ? BorderFactor : 1) * Math.Clamp((LargestStrokeShare - share) / (LargestStrokeShare - FullScoreStrokeShare), WideScore, 1);
    }

    /// <summary>The third quartile of a component's contrast, which is that of its strokes without their edges.</summary>
    private static int Typical(Plane contrast, InkComponent component)
    {
        int[] histogram = new int[256];
        foreach (InkRun run in component.Runs)
        {
            foreach (byte value in contrast.Values.AsSpan((run.Row * contrast.Width) + run.Start, run.Length))
            {
                histogram[value]++;
            }
        }

        int left = component.Area / 4;
        int level = 255;
        while (level > 0 && (left -= histogram[level]) > 0)
        {
            level--;
        }

        return level;
    }
}
