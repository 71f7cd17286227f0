using System.Runtime.CompilerServices;

namespace MnistPS.Photos;

/// <summary>
/// Finds handwriting on a photo. A thumbnail is searched for dark and for light ink, in the grey image and in each colour channel.
/// The best tone and channel of the thumbnail are then used on the photo itself.
/// </summary>
internal static class InkFinder
{
    // The largest length of the thumbnail's longer side, in pixels. Smaller photos are not reduced.
    private const int ThumbnailSide = 512;

    // The largest stroke width, as a share of the photo's longer side.
    private const double WidestStroke = 0.25;

    // The width of the closing's kernel that estimates the paper, in stroke widths.
    private const double WindowInStrokes = 6;

    // The stroke width from which a component is no handwriting, as a share of its longer side. Fingers and sheets are wider.
    internal const double LargestStrokeShare = 0.42;

    // The stroke width up to which a component counts fully as handwriting, as a share of its longer side.
    private const double FullScoreStrokeShare = 0.3;

    // The score of a component that is too wide to be a stroke, from 0 to 1.
    private const double WideScore = 0.1;

    // The factor of the score of a component that touches the photo's border.
    private const double BorderFactor = 0.002;

    // The largest contrast of a rule's pixel, as a multiple of the rules' contrast.
    private const double DarkestRule = 1.25;

    // The longest remnant of a rule, such as where another rule crosses it, in thicknesses of the rules. A thin straight stroke is longer.
    private const double RemnantInThicknesses = 5;

    // The factor of the score of a component that touches the photo's border, where the tones are compared. A digit can fill a picture.
    private const double CutFactor = 0.05;

    // The grey value below which a ground is dark, of 255.
    private const int DarkGround = 110;

    // The grey value below which a ground shows no dark ink, of 255.
    private const int BlackGround = 70;

    // The share of ink in and around a component from which it is the paper between strokes.
    private const double LargestInkShare = 0.4;

    // The grey value, of 255, that is added to both before ratios are computed. It limits the ratios of dark grey values.
    private const int LeastGrey = 8;

    // The factor of the score of dark ink on a dark ground, and of light ink on a light ground.
    private const double SameToneFactor = 0.15;

    // The ratio of ink's contrast to the largest contrast of paper from which ink is clear.
    private const double ClearRatio = 3;

    // The largest side of such ink, as a share of the photo's longer side.
    private const double LargestSameTone = 0.8;

    // The largest contrast of the paper's noise, as a multiple of the median contrast.
    private const int NoiseInMedians = 6;

    // The smallest threshold of noise, as a contrast of 255.
    private const int LeastNoise = 12;

    // The smallest side of handwriting, in pixels.
    private const int LeastSide = 5;

    // The smallest side of handwriting, as a share of the photo's longer side.
    private const double LeastShare = 0.012;

    // The smallest share of a stroke's area that its pieces have. What joins noise has fewer.
    private const double LeastStrongShare = 0.4;

    // The smallest share of a component's area that its darker part has where the rest is a rule.
    private const double LeastDarkShare = 0.5;

    // The smallest ratio of clarity at which a colour channel is chosen before the grey image.
    private const double LeastClarityRatio = 1.35;

    /// <summary>Finds the ink of a photo.</summary>
    /// <param name="photo">The photo.</param>
    /// <param name="tone">Whether the ink is dark or light. With null, it is the more distinct one.</param>
    /// <returns>The ink, or null if there is none.</returns>
    public static Ink? Find(Photo photo, InkTone? tone)
    {
        int factor = (Math.Max(photo.Width, photo.Height) + ThumbnailSide - 1) / ThumbnailSide;
        Plane[] thumbnails = [.. Enum.GetValues<Channel>().Select(channel => photo.Channel(channel, factor))];
        int widest = (int)(WidestStroke * Math.Max(thumbnails[0].Width, thumbnails[0].Height));
        Ink? Possible(InkTone tone) => Search(photo, thumbnails, tone, widest) is { } ink && TotalScore(ink, thumbnails) > 0 ? ink : null;
        Ink? dark = Possible(InkTone.Dark), light = Possible(InkTone.Light);
        Ink? distinct = light is null || (dark is not null && IsMoreDistinct(dark, light, thumbnails)) ? dark : light;
        Ink? asked = tone switch { InkTone.Dark => dark, InkTone.Light => light, _ => distinct };
        if (asked is null)
        {
            return null;
        }

        int side = Math.Max(thumbnails[0].Width, thumbnails[0].Height);
        int window = (int)Math.Clamp(WindowInStrokes * asked.Main.StrokeWidth, 0.05 * side, widest);
        Ink? ink = factor == 1 && window == widest
            ? asked
            : Search(photo, photo.Channel(asked.Channel), asked.Channel, asked.Tone, Math.Max(window, 3) * factor, isKnown: true);
        return ink is null ? null : ink with { IsFainter = asked.Tone != distinct!.Tone };
    }

    /// <summary>The ink of one tone, in the channel where it is clearest.</summary>
    private static Ink? Search(Photo photo, Plane[] thumbnails, InkTone tone, int window)
    {
        Ink? found = null;
        foreach (Channel channel in Enum.GetValues<Channel>())
        {
            Ink? ink = Search(photo, thumbnails[(int)channel], channel, tone, window);
            if (ink is not null && (found is null || Clarity(ink) > LeastClarityRatio * Clarity(found)))
            {
                found = ink;
            }
        }

        return found;
    }

    private static bool IsMoreDistinct(Ink ink, Ink other, Plane[] thumbnails)
        => Encloses(ink, other, thumbnails) || (!Encloses(other, ink, thumbnails) && TotalScore(ink, thumbnails) >= TotalScore(other, thumbnails));

    /// <summary>Whether the main component of another tone is in one of strokes, such as the paper within a 0.</summary>
    private static bool Encloses(Ink ink, Ink other, Plane[] thumbnails)
        => ink.Main.Box.Union(other.Main.Box) == ink.Main.Box && StrokeScore(ink.Main) == 1 && IsOppositeTone(ink, thumbnails[(int)ink.Channel]);

    /// <summary>
    /// The darker of two inks, such as a pen's on printed rules. Where there is one ink, it is the middle of its strokes. Null where all ink has the same contrast.
    /// </summary>
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
        List<InkComponent> components = Strokes(ink.Contrast, level);
        return components.Count == 0 ? null : ink with { Level = level, Components = components, Main = Main(components, ink.Contrast) };
    }

    /// <summary>Whether a component touches the photo's border.</summary>
    public static bool IsCut(Ink ink, InkComponent component) => IsCut(ink.Contrast, component);

    private static bool IsCut(Plane plane, InkComponent component)
        => component.Box.Left <= 0 || component.Box.Top <= 0 || component.Box.Right >= plane.Width || component.Box.Bottom >= plane.Height;

    private static double Clarity(Ink ink) => ink.Level.Ink * Math.Min(10, (double)ink.Level.Ink / Math.Max(ink.Level.Paper, 1)) * Score(ink.Main, ink.Contrast);

    private static double TotalScore(Ink ink, Plane[] thumbnails)
    {
        double mainScore = StrokeScore(ink.Main);

        // The paper between two rules or strokes is lighter than they are, but it is no ink.
        double toneFactor = IsOppositeTone(ink, thumbnails[(int)ink.Channel]) ? 1
            : mainScore < 1 || ink.Main.Box.Side > LargestSameTone * Math.Max(ink.Contrast.Width, ink.Contrast.Height) ? 0
            : SameToneFactor;

        // The sum counts the many digits of a page, of which each is smaller than a patch of light in a shadow. The squares limit the effect of many specks.
        double written = Math.Sqrt(ink.Components.Sum(component
            => Math.Pow(component.Box.Side * StrokeScore(component) * (IsCut(ink, component) ? CutFactor : 1), 2)));
        return Math.Sqrt(written) * Math.Min(1, ink.Level.Ink / 60.0) * Math.Min(1, ink.Level.Ink / (ClearRatio * Math.Max(ink.Level.Paper, 1))) * toneFactor;
    }

    /// <summary>
    /// Whether ink is dark on a light ground or light on a dark one. The ground is the lit paper of the photo. Where the sheet is small, it is the sheet:
    /// a main component of light ink on a dark sheet covers little of what is around it, and the dark paper between light strokes covers most of it.
    /// </summary>
    private static bool IsOppositeTone(Ink ink, Plane thumbnail)
    {
        (int paper, double inkShare) = Around(ink, thumbnail);
        bool isSmall = inkShare < LargestInkShare;
        bool isDark = Ground(thumbnail) < DarkGround;
        return ink.Tone == InkTone.Light ? paper < DarkGround && (isSmall || isDark) : paper >= BlackGround && (isSmall || !isDark);
    }

    /// <summary>The grey value of the lit paper: the third quartile, which shadows and a table hardly change.</summary>
    private static int Ground(Plane plane) => Histogram.Of(plane.Values).Quantile(0.75);

    /// <summary>
    /// The median grey value of the paper in and around the main component's bounding box, and the share of its pixels whose grey value is nearer to that of the
    /// component. Light falls on both, so ratios are compared.
    /// </summary>
    private static (int Paper, double InkShare) Around(Ink ink, Plane thumbnail)
    {
        Box box = ink.Main.Box;
        int around = box.Side / 4;
        box = new(Math.Max(box.Left - around, 0), Math.Max(box.Top - around, 0), Math.Min(box.Right + around, thumbnail.Width), Math.Min(box.Bottom + around, thumbnail.Height));
        int most = Math.Max(ink.Level.Paper, ink.Level.Threshold / 3);
        Histogram greys = new(), paperGreys = new(), inkGreys = new();
        for (int row = box.Top; row < box.Bottom; row++)
        {
            ReadOnlySpan<byte> values = thumbnail.Values.AsSpan((row * thumbnail.Width) + box.Left, box.Width);
            ReadOnlySpan<byte> contrast = ink.Contrast.Values.AsSpan((row * thumbnail.Width) + box.Left, box.Width);
            greys.Add(values);
            for (int i = 0; i < values.Length; i++)
            {
                if (contrast[i] <= most)
                {
                    paperGreys.Add(values[i]);
                }
            }
        }

        foreach (InkRun run in ink.Main.Runs)
        {
            inkGreys.Add(thumbnail.Values.AsSpan((run.Row * thumbnail.Width) + run.Start, run.Length));
        }

        int inkGrey = inkGreys.Quantile(0.5), paperGrey = paperGreys.Quantile(0.5);
        int middle = (int)(Math.Sqrt((inkGrey + LeastGrey) * (paperGrey + LeastGrey)) - LeastGrey);
        double darker = greys.ShareTo(middle);
        return (paperGrey, inkGrey > paperGrey ? 1 - darker : darker);
    }

    // Where the thumbnail has shown ink, its presence is not tested again. At full size, fine rules and the paper's texture have more contrast.
    private static Ink? Search(Photo photo, Plane plane, Channel channel, InkTone tone, int window, bool isKnown = false)
    {
        (Plane contrast, Rules rules) = WithoutRules(ContrastMap.Of(plane, tone, window));
        InkLevel level = InkLevel.Of(contrast);
        if (!isKnown && !level.IsThere)
        {
            return null;
        }

        List<InkComponent> components = Components(contrast, level, rules, photo);
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
            components = Components(contrast, level, rules, photo);
            if (components.Count == 0)
            {
                return null;
            }

            main = Main(components, contrast);
        }

        components = ForeignComponents.OfOneSheet(components, main, contrast, level);

        // Noise consists of specks.
        return main.Box.Side < Math.Max(LeastSide, LeastShare * Math.Max(plane.Width, plane.Height)) ? null : new Ink(tone, channel, contrast, level, components, main, rules.Count);
    }

    /// <summary>Removes rules from a contrast map. Rules have more contrast than noise, and often less than ink.</summary>
    private static (Plane Contrast, Rules Rules) WithoutRules(Plane contrast)
    {
        Plane mask = Mask(contrast, Noise(contrast));
        (Plane rest, Rules rules) = RuledLines.Remove(mask);

        // A stroke along a rule is kept where it is darker than the rules. Their contrast is the third quartile, because the edges of a fine rule are grey.
        int[] places = [.. Enumerable.Range(0, mask.Values.Length).Where(i => mask.Values[i] != rest.Values[i])];
        if (places.Length == 0)
        {
            return (contrast, rules);
        }

        double most = DarkestRule * Histogram.Of(Array.ConvertAll(places, i => contrast.Values[i])).Quantile(0.75);
        byte[] values = (byte[])contrast.Values.Clone();
        foreach (int i in places)
        {
            if (values[i] <= most)
            {
                values[i] = 0;
            }
        }

        return (contrast with { Values = values }, rules);
    }

    /// <summary>The contrast that is larger than the paper's noise. It is a multiple of the median, because at least half of the pixels are paper.</summary>
    private static int Noise(Plane contrast) => Math.Clamp(NoiseInMedians * Histogram.Of(contrast.Values).Quantile(0.5), LeastNoise, 255);

    private static List<InkComponent> Components(Plane contrast, InkLevel level, Rules rules, Photo photo)
    {
        List<InkComponent> components = Strokes(contrast, level);

        // Small components on rules, such as at their crossings, are remnants of the rules.
        double remnant = RemnantInThicknesses * rules.Thickness;
        components.RemoveAll(component => component.Box.Side <= remnant && rules.Hold(component));
        return ForeignComponents.Remove(components, contrast, level, photo);
    }

    /// <summary>
    /// The components of ink. Those at the photo's border are found again at half of their own contrast, because a rule, which is fainter, can join a stroke to
    /// the border. What is most of the component then, and away from the border, is the stroke.
    /// </summary>
    private static List<InkComponent> Strokes(Plane contrast, InkLevel level)
    {
        List<InkComponent> strokes = Joined(contrast, level);
        for (int i = 0; i < strokes.Count; i++)
        {
            InkComponent whole = strokes[i];
            if (IsCut(contrast, whole) && Typical(contrast, whole) / 2 is var own && own > level.Threshold
                && InkComponents.Of([.. DarkRuns(contrast, whole, own)]).MaxBy(part => part.Area) is { } stroke
                && stroke.Area > LeastDarkShare * whole.Area && !IsCut(contrast, stroke))
            {
                strokes[i] = stroke;
            }
        }

        return strokes;
    }

    /// <summary>The runs of a component's pixels from a threshold on.</summary>
    private static IEnumerable<InkRun> DarkRuns(Plane contrast, InkComponent component, int threshold)
    {
        foreach (InkRun run in component.Runs)
        {
            int row = run.Row * contrast.Width;
            for (int start = run.Start, end = start; start < run.End; start = ++end)
            {
                while (end < run.End && contrast.Values[row + end] >= threshold)
                {
                    end++;
                }

                if (end > start)
                {
                    yield return new InkRun(run.Row, start, end);
                }
            }
        }
    }

    /// <summary>
    /// The components above the threshold. Where the pen was faint, a stroke is in pieces. Fainter pixels join the pieces: a threshold with hysteresis.
    /// Source: Canny, "A computational approach to edge detection", IEEE TPAMI 8(6), 1986.
    /// </summary>
    private static List<InkComponent> Joined(Plane contrast, InkLevel level)
    {
        List<InkComponent> strong = InkComponents.Of(InkComponents.RunsOf(Mask(contrast, level.Threshold)));
        if (strong.Count < 2 || level.Faint >= level.Threshold)
        {
            return strong;
        }

        // Most of what is faint has no piece of a stroke, or a whole stroke; that one keeps the exact threshold.
        List<InkComponent> faint = InkComponents.Of(InkComponents.RunsOf(Mask(contrast, level.Faint)));
        int[] owners = new int[contrast.Values.Length];
        for (int i = 0; i < faint.Count; i++)
        {
            foreach (InkRun run in faint[i].Runs)
            {
                owners.AsSpan((run.Row * contrast.Width) + run.Start, run.Length).Fill(i);
            }
        }

        List<InkComponent> strokes = [];
        foreach (IGrouping<int, InkComponent> pieces in strong.GroupBy(piece => owners[(piece.Runs[0].Row * contrast.Width) + piece.Runs[0].Start]))
        {
            InkComponent whole = faint[pieces.Key];
            bool isJoined = pieces.Skip(1).Any() && pieces.Sum(piece => piece.Area) > LeastStrongShare * whole.Area;
            strokes.AddRange(isJoined ? [whole] : pieces);
        }

        return strokes;
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
    private static double Score(InkComponent component, Plane contrast) => (IsCut(contrast, component) ? BorderFactor : 1) * StrokeScore(component);

    /// <summary>A score, from 0 to 1, of how narrow a component's strokes are.</summary>
    private static double StrokeScore(InkComponent component)
    {
        double share = component.StrokeWidth / component.Box.Side;
        return Math.Clamp((LargestStrokeShare - share) / (LargestStrokeShare - FullScoreStrokeShare), WideScore, 1);
    }

    /// <summary>The third quartile of a component's contrast, which is that of its strokes without their edges.</summary>
    internal static int Typical(Plane contrast, InkComponent component)
    {
        Histogram histogram = new();
        foreach (InkRun run in component.Runs)
        {
            histogram.Add(contrast.Values.AsSpan((run.Row * contrast.Width) + run.Start, run.Length));
        }

        return histogram.Quantile(0.75);
    }
}
