using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Finds what a pen has written on a photo. A small copy is looked at for dark and for light ink, and in each channel where grey does not show it well;
/// what is found best there is then looked for on the photo itself.
/// </summary>
internal static class InkFinder
{
    // The longer side of the small copy.
    private const int GlanceSide = 400;

    // The widest stroke, as a share of the longer side.
    private const double WidestStroke = 0.25;

    // The paper is looked for beyond so many widths of the stroke.
    private const double WindowInStrokes = 6;

    // Strokes are narrower than this share of what they write, and surely below the smaller one; other things, such as fingers and sheets, are not.
    private const double LargestStrokeShare = 0.42;
    private const double SureStrokeShare = 0.3;

    // What remains of the likeness of something that is no stroke, or that the picture's edge cuts off.
    private const double Unlike = 0.1;
    private const double CutOff = 0.002;

    // A pixel of a rule is no more than so many times as dark as rules are on the whole.
    private const double DarkestRule = 1.5;

    // What is left of a rule where another crosses it is no longer than so many thicknesses. A straight stroke may be as thin, but is longer.
    private const double CrossingInThicknesses = 5;

    // Light ink is on a dark ground, and dark ink on a light one.
    private const double Unusual = 0.35;
    private const double LargestUnusual = 0.8;
    private const int MiddleGrey = 110;

    // Paper is no darker than so many times the median of its contrast, and than this.
    private const int NoiseInMedians = 6;
    private const int LeastNoise = 12;

    // What was written is no smaller than so many pixels, and than this share of the longer side.
    private const int LeastSide = 5;
    private const double LeastShare = 0.012;

    // Another channel than grey is taken where it shows ink so many times as well.
    private const double MuchBetter = 1.35;

    /// <summary>Finds it.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="tone">Whether the ink is dark or light, or null if that is to be found.</param>
    /// <returns>The ink, or null if there is none.</returns>
    public static Ink? Find(Photo photo, InkTone? tone)
    {
        int factor = Math.Max(1, Math.Max(photo.Width, photo.Height) / GlanceSide);
        Plane[] glances = [.. Enum.GetValues<Channel>().Select(channel => photo.Channel(channel, factor))];
        int side = Math.Max(glances[0].Width, glances[0].Height);

        Ink? best = null;
        double bestWorth = 0;
        foreach (InkTone one in tone is { } given ? [given] : Enum.GetValues<InkTone>())
        {
            Ink? found = null;
            foreach (Channel channel in Enum.GetValues<Channel>())
            {
                Ink? ink = Look(glances[(int)channel], channel, one, (int)(WidestStroke * side));
                if (ink is not null && (found is null || Clarity(ink) > MuchBetter * Clarity(found)))
                {
                    found = ink;
                }
            }

            if (found is not null && Worth(found, glances) is var worth && worth > bestWorth)
            {
                best = found;
                bestWorth = worth;
            }
        }

        if (best is null)
        {
            return null;
        }

        int window = (int)Math.Clamp(WindowInStrokes * best.Main.StrokeWidth, 0.05 * side, WidestStroke * side);
        return factor == 1 && window == (int)(WidestStroke * side)
            ? best
            : Look(photo.Channel(best.Channel), best.Channel, best.Tone, Math.Max(window, 3) * factor, isKnown: true);
    }

    /// <summary>The darker of two sorts of ink, where there are two: a pen's on printed rules. Null if there are not.</summary>
    public static Ink? Darker(Ink ink)
    {
        InkLevel level = InkLevel.Of(ink.Contrast, ink.Level.Threshold);
        if (level.Threshold <= ink.Level.Threshold)
        {
            return null;
        }

        List<InkComponent> components = Components(ink.Contrast, level, 0);
        return components.Count == 0 ? null : ink with { Level = level, Components = components, Main = Main(components, ink.Contrast) };
    }

    /// <summary>Whether ink is cut off by the picture's edge.</summary>
    public static bool IsCut(Ink ink, InkComponent component)
        => component.Box.Left <= 0 || component.Box.Top <= 0 || component.Box.Right >= ink.Contrast.Width || component.Box.Bottom >= ink.Contrast.Height;

    private static double Clarity(Ink ink) => ink.Level.Ink * Math.Min(10, (double)ink.Level.Ink / Math.Max(ink.Level.Paper, 1)) * Likeness(ink.Main, ink.Contrast);

    private static double Worth(Ink ink, Plane[] glances)
    {
        double likeness = Likeness(ink.Main, ink.Contrast);
        bool isUsual = (ink.Tone == InkTone.Light) == (Ground(glances[(int)ink.Channel]) < MiddleGrey);

        // The paper between two rules or strokes is lighter than these, and no ink.
        double usual = isUsual ? 1 : likeness < 1 || ink.Main.Box.Side > LargestUnusual * Math.Max(ink.Contrast.Width, ink.Contrast.Height) ? 0 : Unusual;

        // A page has many digits, each of them small beside the patch of light that a shadow leaves; noise has many specks.
        double written = Math.Sqrt(ink.Components.Sum(component => Math.Pow(component.Box.Side * Likeness(component, ink.Contrast), 2)));
        return Math.Sqrt(written) * Math.Min(1, ink.Level.Ink / 60.0) * usual;
    }

    /// <summary>How light the paper is where light falls on it, and no table lies beside it.</summary>
    private static int Ground(Plane plane)
    {
        byte[] sorted = (byte[])plane.Values.Clone();
        Array.Sort(sorted);
        return sorted[sorted.Length * 3 / 4];
    }

    // That there is ink is known from the glance: up close, fine rules and the paper's grain stand out more than they did there.
    private static Ink? Look(Plane plane, Channel channel, InkTone tone, int window, bool isKnown = false)
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

        // What else is on the photo has set the level too; what was written sets its own.
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

        // Noise is of specks.
        return main.Box.Side < Math.Max(LeastSide, LeastShare * Math.Max(plane.Width, plane.Height)) ? null : new Ink(tone, channel, contrast, level, components, main, rules);
    }

    /// <summary>A contrast map in which rules are paper. They stand out from noise, but need not be as dark as ink.</summary>
    private static (Plane Contrast, int Count, double Thickness) WithoutRules(Plane contrast)
    {
        Plane mask = Mask(contrast, Noise(contrast));
        (Plane rest, int count, double thickness) = RuledLines.Remove(mask);
        if (count == 0)
        {
            return (contrast, 0, 0);
        }

        // Where a stroke that is darker than the rules runs along one, it stays.
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

    /// <summary>What paper does not reach: half of its pixels are within its noise.</summary>
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

        // What is left of rules where they cross.
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
        => components.MaxBy(component => component.Box.Side * Math.Sqrt(component.Area) * Likeness(component, contrast))!;

    /// <summary>How far a component may be something that was written: strokes, and not cut off by the picture's edge.</summary>
    private static double Likeness(InkComponent component, Plane contrast)
    {
        bool isCut = component.Box.Left <= 0 || component.Box.Top <= 0 || component.Box.Right >= contrast.Width || component.Box.Bottom >= contrast.Height;
        double share = component.StrokeWidth / component.Box.Side;
        return (isCut ? CutOff : 1) * Math.Clamp((LargestStrokeShare - share) / (LargestStrokeShare - SureStrokeShare), Unlike, 1);
    }

    /// <summary>The contrast that a quarter of a component's pixels have or exceed: its strokes without their edges.</summary>
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
