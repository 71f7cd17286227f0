using SkiaSharp;

namespace MnistPS.PhotoSimulator;

/// <summary>How one photo comes out, drawn at random within its effects. Lengths on paper are in pixels of MNIST, of which a digit is 20 high.</summary>
internal sealed class PhotoLook
{
    private const int UsualSide = 640;
    private const double SmallestSide = 100;
    private const double LargestSide = 4000;
    private const double SmallestPageSide = 1200;

    // A pen that is any wider would close the loops of a digit of this height.
    private const float ThinnestPen = 0.25f;
    private const float ThickestPen = 4;
    private const float LargestTilt = 20;
    private const int UsualQuality = 95;

    // A line that is thinner than this many pixels is a shade and no line.
    private const float ThinnestLine = 1;

    private static readonly SKColor[] _pens =
    [
        new(28, 60, 170), new(200, 30, 40), new(20, 125, 60), new(110, 40, 140), new(95, 95, 100), new(215, 110, 20), new(20, 140, 190),
    ];

    private static readonly SKColor[] _boards = [new(30, 32, 34), new(36, 66, 52), new(30, 44, 84)];

    private readonly float? _penWidth;

    /// <summary>Draws a look.</summary>
    /// <param name="effect">What may differ from the plainest.</param>
    /// <param name="isPage">Whether there is a page in it, which needs more pixels than a digit.</param>
    /// <param name="random">The photo's own generator.</param>
    public PhotoLook(PhotoEffect effect, bool isPage, ref SplitMix64 random)
    {
        bool isAll = effect == PhotoEffect.All;
        Effect = effect;
        (Width, Height) = Has(PhotoEffect.Size) ? DrawSize(isPage, ref random) : (UsualSide, UsualSide);
        _penWidth = Has(PhotoEffect.Pen) ? ThinnestPen * MathF.Pow(ThickestPen / ThinnestPen, random.NextSingle()) : null;
        bool isLight = Has(PhotoEffect.LightInk) && (!isAll || random.NextBelow(4) == 0);
        Ground = isLight ? _boards[random.NextBelow(_boards.Length)] : Has(PhotoEffect.Texture) ? new SKColor(236, 232, 222) : SKColors.White;
        Ink = isLight ? new SKColor(228, 228, 220) : Has(PhotoEffect.Color) ? _pens[random.NextBelow(_pens.Length)] : new SKColor(24, 24, 30);
        Grain = Has(PhotoEffect.Texture) ? Between(0.01f, 0.05f, ref random) : 0;
        Paper = !Has(PhotoEffect.Rules) ? PaperKind.Plain
            : isAll ? (PaperKind)random.NextBelow(3)
            : random.NextBelow(2) == 0 ? PaperKind.Ruled : PaperKind.Squared;
        RulePitch = Paper == PaperKind.Squared ? Between(5, 12, ref random) : Between(12, 26, ref random);
        RuleWidth = Between(0.12f, 0.35f, ref random);
        RuleOffset = new SKPoint(random.NextSingle(), random.NextSingle());
        Rule = SKColors.SteelBlue.WithAlpha((byte)(255 * Between(0.25f, 0.6f, ref random)));
        Falloff = Has(PhotoEffect.Shadow) ? Between(0.2f, 0.55f, ref random) : 0;
        FalloffDirection = MathF.Tau * random.NextSingle();
        ShadowDepth = Has(PhotoEffect.Shadow) ? Between(0.1f, 0.45f, ref random) : 0;
        ShadowDirection = MathF.Tau * random.NextSingle();
        ShadowPlace = Between(-0.35f, 0.35f, ref random);
        ShadowEdge = Between(0.01f, 0.15f, ref random);
        Tilt = Has(PhotoEffect.Perspective) ? LargestTilt * MathF.Sqrt(random.NextSingle()) : 0;
        TiltDirection = MathF.Tau * random.NextSingle();
        Orientation = Has(PhotoEffect.Orientation) ? 1 + random.NextBelow(Orientations.Count) : 1;
        Blur = Has(PhotoEffect.Camera) ? Between(0.2f, 1, ref random) * MathF.Min(1.5f, MathF.Min(Width, Height) / 400f) : 0;
        Noise = Has(PhotoEffect.Camera) ? Between(1, 8, ref random) : 0;
        Quality = Has(PhotoEffect.Jpeg) ? 50 + random.NextBelow(46) : UsualQuality;
        Seed = random.Next();
    }

    /// <summary>What it was drawn from.</summary>
    public PhotoEffect Effect { get; }

    /// <summary>Pixels across, held upright.</summary>
    public int Width { get; }

    /// <summary>Pixels from top to bottom, held upright.</summary>
    public int Height { get; }

    /// <summary>The colour of the sheet.</summary>
    public SKColor Ground { get; }

    /// <summary>The colour of what is written.</summary>
    public SKColor Ink { get; }

    /// <summary>By how much the brightness of the paper varies, as a share.</summary>
    public float Grain { get; }

    /// <summary>What is printed on the sheet.</summary>
    public PaperKind Paper { get; }

    /// <summary>From one printed line to the next.</summary>
    public float RulePitch { get; }

    /// <summary>The width of a printed line.</summary>
    public float RuleWidth { get; }

    /// <summary>Where the first lines lie, as shares of the pitch.</summary>
    public SKPoint RuleOffset { get; }

    /// <summary>The colour of printed lines.</summary>
    public SKColor Rule { get; }

    /// <summary>How much of the light is lost from one side to the other.</summary>
    public float Falloff { get; }

    /// <summary>Where the light is lost to, as an angle.</summary>
    public float FalloffDirection { get; }

    /// <summary>How much of the light a shadow takes.</summary>
    public float ShadowDepth { get; }

    /// <summary>The side on which the shadow lies, as an angle.</summary>
    public float ShadowDirection { get; }

    /// <summary>Where the shadow begins, as a share of the picture from its middle.</summary>
    public float ShadowPlace { get; }

    /// <summary>How soft its edge is, as a share of the picture.</summary>
    public float ShadowEdge { get; }

    /// <summary>The angle between the sheet and the sensor, in degrees.</summary>
    public float Tilt { get; }

    /// <summary>The side that is farther away, as an angle.</summary>
    public float TiltDirection { get; }

    /// <summary>EXIF's number, 1 to 8.</summary>
    public int Orientation { get; }

    /// <summary>The standard deviation of a Gaussian, in pixels of the photo.</summary>
    public float Blur { get; }

    /// <summary>The standard deviation of a sensor's noise, in grey levels.</summary>
    public float Noise { get; }

    /// <summary>That of the JPEG.</summary>
    public int Quality { get; }

    /// <summary>Decides grain and noise.</summary>
    public ulong Seed { get; }

    /// <summary>The width of the pen, or null for the strokes as they are in the image.</summary>
    /// <param name="scale">Pixels of the photo for a unit of the sheet.</param>
    public float? PenWidth(float scale) => _penWidth is { } width ? MathF.Max(width, ThinnestLine / scale) : null;

    private static float Between(float low, float high, ref SplitMix64 random) => low + (high - low) * random.NextSingle();

    // As many small photos as large ones: the logarithm is uniform.
    private static (int Width, int Height) DrawSize(bool isPage, ref SplitMix64 random)
    {
        double smallest = isPage ? SmallestPageSide : SmallestSide;
        int longer = (int)Math.Round(smallest * Math.Pow(LargestSide / smallest, random.NextSingle()));
        int shorter = longer * 3 / 4;
        return isPage ? (longer, shorter) : random.NextBelow(3) switch
        {
            0 => (longer, longer),
            1 => (longer, shorter),
            _ => (shorter, longer),
        };
    }

    private bool Has(PhotoEffect effect) => (Effect & effect) != 0;
}
