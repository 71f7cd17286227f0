using Microsoft.Playwright;
using MnistPS.Web;

namespace MnistPS.Tests;

/// <summary>Drawing on the page with a mouse, a finger and keys; undo and clear.</summary>
public sealed class DrawingTests(Chromium chromium)
{
    private static readonly string _html = DrawingPage.Create(TrainedNetworks.Get("ConvNet"), "Digits");

    // Points in shares of the paper's side.
    private static readonly Dictionary<int, (double X, double Y)[][]> _digits = new()
    {
        [0] = [[.. Enumerable.Range(0, 25).Select(i => (0.5 - (0.2 * Math.Sin(i * Math.Tau / 24)), 0.5 - (0.32 * Math.Cos(i * Math.Tau / 24))))]],
        [1] = [[(0.55, 0.15), (0.5, 0.5), (0.46, 0.85)]],
        [4] = [[(0.42, 0.15), (0.28, 0.52), (0.72, 0.5)], [(0.63, 0.2), (0.58, 0.85)]],
        [7] = [[(0.27, 0.2), (0.72, 0.19), (0.6, 0.48), (0.45, 0.86)]],
    };

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    public async Task A_digit_drawn_with_the_mouse_is_read(int digit)
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        await DrawAsync(open, digit);
        Assert.Equal($"{digit}", await open.Page.TextContentAsync("#digit"));
        Assert.Equal($"digit {digit}", await open.Page.GetAttributeAsync("#bars .best", "aria-label"));
        Assert.StartsWith($"Read as {digit}", await open.Page.TextContentAsync("#spoken"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.35, 0.1, 0.1)]
    [InlineData(0.5, 0.45, 0.4)]
    public async Task It_is_read_the_same_wherever_and_however_large_it_is(double scale, double left, double top)
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        foreach (int digit in _digits.Keys)
        {
            await DrawAsync(open, digit, scale, left, top);
            Assert.Equal($"{digit}", await open.Page.TextContentAsync("#digit"));
            await open.Page.ClickAsync("#clear");
        }
    }

    [Fact]
    public async Task The_bars_move_while_the_pen_is_down()
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        LocatorBoundingBoxResult paper = (await open.Page.Locator("#paper").BoundingBoxAsync())!;
        await open.Page.Mouse.MoveAsync(paper.X + (paper.Width / 2), paper.Y + 40);
        await open.Page.Mouse.DownAsync();
        await open.Page.Mouse.MoveAsync(paper.X + (paper.Width / 2), paper.Y + 300, new MouseMoveOptions { Steps = 10 });
        await open.SettleAsync();
        double[] before = await ScoresAsync(open);
        await open.Page.Mouse.MoveAsync(paper.X + 60, paper.Y + 300, new MouseMoveOptions { Steps = 10 });
        await open.SettleAsync();
        Assert.Equal(1, before.Sum(), 0.01);
        Assert.NotEqual(before, await ScoresAsync(open));
    }

    [Fact]
    public async Task An_empty_paper_has_no_reading()
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        await AssertEmptyAsync(open);
    }

    [Theory]
    [InlineData("button")]
    [InlineData("Control+z")]
    [InlineData("Backspace")]
    public async Task Undo_takes_the_last_stroke_back(string way)
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        await DrawAsync(open, 1);
        int[] one = await PictureAsync(open);
        await DrawAsync(open, 0);
        Assert.NotEqual(one, await PictureAsync(open));
        await UndoAsync();
        Assert.Equal(one, await PictureAsync(open));
        Assert.Equal("1", await open.Page.TextContentAsync("#digit"));
        await UndoAsync();
        await AssertEmptyAsync(open);

        async Task UndoAsync()
        {
            await (way == "button" ? open.Page.ClickAsync("#undo") : open.Page.Keyboard.PressAsync(way));
            await open.SettleAsync();
        }
    }

    [Theory]
    [InlineData("button")]
    [InlineData("Escape")]
    [InlineData("Delete")]
    public async Task Clear_takes_all_of_them(string way)
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        await DrawAsync(open, 4);
        await (way == "button" ? open.Page.ClickAsync("#clear") : open.Page.Keyboard.PressAsync(way));
        await open.SettleAsync();
        await AssertEmptyAsync(open);
        await DrawAsync(open, 7);
        Assert.Equal("7", await open.Page.TextContentAsync("#digit"));
    }

    [Fact]
    public async Task Keys_draw_too()
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        await open.Page.Keyboard.PressAsync("Tab");
        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("paper", await open.Page.EvaluateAsync<string>("() => document.activeElement.id"));
        await open.Page.Keyboard.PressAsync("Space");
        for (int i = 0; i < 18; i++)
        {
            await open.Page.Keyboard.PressAsync("ArrowDown");
        }

        await open.Page.Keyboard.PressAsync("Space");
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await open.SettleAsync();
        Assert.Equal("1", await open.Page.TextContentAsync("#digit"));
        Assert.StartsWith("Read as 1", await open.Page.TextContentAsync("#spoken"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_finger_draws_and_does_not_scroll()
    {
        await using OpenPage open = await chromium.OpenAsync(_html, 360, 640, hasTouch: true);
        ICDPSession session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        LocatorBoundingBoxResult paper = (await open.Page.Locator("#paper").BoundingBoxAsync())!;
        for (int i = 0; i <= 20; i++)
        {
            object point = new { x = paper.X + (paper.Width / 2), y = paper.Y + (paper.Height * (0.9 - (0.04 * i))) };
            await session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
            {
                ["type"] = i == 0 ? "touchStart" : "touchMove",
                ["touchPoints"] = new[] { point },
            });
        }

        await session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object> { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() });
        await open.SettleAsync();
        Assert.Equal("1", await open.Page.TextContentAsync("#digit"));
        Assert.Equal(0, await open.Page.EvaluateAsync<double>("() => scrollY"));
    }

    [Fact]
    public async Task The_picture_is_made_as_MNISTs_are()
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        foreach (int digit in _digits.Keys)
        {
            await DrawAsync(open, digit);
            int[] pixels = await PictureAsync(open);
            int[] inked = [.. Enumerable.Range(0, pixels.Length).Where(i => pixels[i] > 0)];
            int width = inked.Max(i => i % 28) - inked.Min(i => i % 28) + 1;
            int height = inked.Max(i => i / 28) - inked.Min(i => i / 28) + 1;
            double mass = pixels.Sum();
            Assert.Equal(20, Math.Max(width, height));
            Assert.InRange(inked.Sum(i => pixels[i] * (i % 28 + 0.5)) / mass, 14, 15);
            Assert.InRange(inked.Sum(i => pixels[i] * (i / 28 + 0.5)) / mass, 14, 15);
            Assert.Contains(pixels, grey => grey is > 50 and < 200);
            await open.Page.ClickAsync("#clear");
        }
    }

    [Fact]
    public async Task The_button_changes_light_into_dark_and_back()
    {
        await using OpenPage open = await chromium.OpenAsync(_html, scheme: ColorScheme.Dark);
        string dark = await PaperAsync();
        await open.Page.ClickAsync("#theme");
        string light = await PaperAsync();
        Assert.NotEqual(dark, light);
        await open.Page.ClickAsync("#theme");
        Assert.Equal(dark, await PaperAsync());

        Task<string> PaperAsync() => open.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
    }

    [Theory]
    [InlineData(360, 740, ColorScheme.Light)]
    [InlineData(360, 740, ColorScheme.Dark)]
    [InlineData(1280, 800, ColorScheme.Light)]
    [InlineData(1280, 800, ColorScheme.Dark)]
    public async Task It_fits_a_phone_and_a_desk(int width, int height, ColorScheme scheme)
    {
        await using OpenPage open = await chromium.OpenAsync(_html, width, height, scheme);
        await DrawAsync(open, 4);
        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        LocatorBoundingBoxResult bars = (await open.Page.Locator("#bars").BoundingBoxAsync())!;
        Assert.InRange(bars.Y + bars.Height, 0, height);
        await Screenshots.TakeAsync(open, $"page-{width}-{scheme}");
    }

    private static async Task DrawAsync(OpenPage open, int digit, double scale = 1, double left = 0, double top = 0)
    {
        LocatorBoundingBoxResult paper = (await open.Page.Locator("#paper").BoundingBoxAsync())!;
        foreach ((double X, double Y)[] stroke in _digits[digit])
        {
            await MoveAsync(stroke[0], 1);
            await open.Page.Mouse.DownAsync();
            foreach ((double X, double Y) point in stroke.Skip(1))
            {
                await MoveAsync(point, 4);
            }

            await open.Page.Mouse.UpAsync();
        }

        await open.SettleAsync();

        Task MoveAsync((double X, double Y) point, int steps) => open.Page.Mouse.MoveAsync(
            (float)(paper.X + (paper.Width * (left + (scale * point.X)))), (float)(paper.Y + (paper.Height * (top + (scale * point.Y)))),
            new MouseMoveOptions { Steps = steps });
    }

    private static async Task AssertEmptyAsync(OpenPage open)
    {
        Assert.Equal("–", await open.Page.TextContentAsync("#digit"));
        Assert.All(await ScoresAsync(open), score => Assert.Equal(0, score));
        Assert.True(await open.Page.IsDisabledAsync("#undo"));
        Assert.True(await open.Page.IsVisibleAsync("#invitation"));
    }

    private static async Task<int[]> PictureAsync(OpenPage open) => await open.Page.EvaluateAsync<int[]>("() => [...makePicture(strokes)]");

    private static async Task<double[]> ScoresAsync(OpenPage open)
        => await open.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('#bars > div')].map(bar => Number(bar.getAttribute('aria-valuenow')))");
}
