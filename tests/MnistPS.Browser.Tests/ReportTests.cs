using Microsoft.Playwright;
using MnistPS.Execution;
using MnistPS.Web;

namespace MnistPS.Tests;

/// <summary>The report opens anywhere, makes no request, and shows what was measured.</summary>
public sealed class ReportTests(Chromium chromium)
{
    private static readonly MnistDataset _digits = new("Synthetic", TrainedNetworks.Unseen, TrainedNetworks.Unseen);
    private static readonly string _html = NetworkReport.Create(TrainedNetworks.Get("Mlp"), _digits, null, "A report");

    [Theory]
    [InlineData(360, ColorScheme.Light)]
    [InlineData(360, ColorScheme.Dark)]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    public async Task It_fits_a_phone_and_a_desk(int width, ColorScheme scheme)
    {
        await using OpenPage open = await chromium.OpenAsync(_html, width, 800, scheme);
        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        await Screenshots.TakeAsync(open, $"report-{width}-{scheme}");

        // With all details open.
        await open.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => details.open = true)");
        Assert.True(await open.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));
        Assert.InRange(_html.Length, 1, 1_000_000);
    }

    [Fact]
    public async Task A_number_of_the_confusion_matrix_shows_its_images_without_a_script()
    {
        await using OpenPage open = await chromium.OpenAsync(_html, runsScripts: false);
        ILocator cell = open.Page.Locator("td.wrong").First;
        ILocator picture = cell.Locator("img").First;
        Assert.False(await picture.IsVisibleAsync());
        await cell.HoverAsync();
        Assert.True(await picture.IsVisibleAsync());
        await open.Page.Mouse.MoveAsync(0, 0);
        Assert.False(await picture.IsVisibleAsync());
        await cell.FocusAsync();
        Assert.True(await picture.IsVisibleAsync());
        Assert.Matches("^image [0-9]+: [0-9] read as [0-9]$", await picture.GetAttributeAsync("alt"));
    }

    [Fact]
    public async Task The_numbers_are_those_that_are_measured()
    {
        using Predictor predictor = new(TrainedNetworks.Get("Mlp"));
        Prediction[] predictions = [.. TrainedNetworks.Unseen.SelectMany(image => predictor.Add(image).ToArray()), .. predictor.Flush()];
        PredictionSummary summary = PredictionSummary.Of(predictions);
        await using OpenPage open = await chromium.OpenAsync(_html);
        string[] cells = await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.confusion tbody td')].map(cell => cell.firstChild.textContent)");
        Assert.Equal(summary.ConfusionMatrix.Rows.SelectMany(row => Enumerable.Range(0, 10).Select(digit => $"{row[digit]}")), cells);
        string[] digits = await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#digits tbody tr')].map(row => row.innerText.trim().replace(/\\s+/g, ' '))");
        Assert.Equal(summary.Digits.Select(row => FormattableString.Invariant($"{row.Digit} {row.Count} {row.Precision:0.000} {row.Recall:0.000} {row.F1:0.000}")), digits);
        string[] mistakes = await open.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.cards img')].map(image => image.alt)");
        Assert.Equal(summary.Mistakes.Take(25).Select(mistake => mistake.ToString()), mistakes);
        Assert.Equal(25, mistakes.Length);
    }

    [Fact]
    public async Task Its_pictures_are_the_images_that_were_read()
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        string alt = (await open.Page.Locator(".cards img").First.GetAttributeAsync("alt"))!;
        int[] pixels = await open.Page.EvaluateAsync<int[]>(
            """
            () => {
              const context = Object.assign(document.createElement('canvas'), { width: 28, height: 28 }).getContext('2d');
              context.drawImage(document.querySelector('.cards img'), 0, 0);
              return [...context.getImageData(0, 0, 28, 28).data].filter((_, i) => i % 4 === 0);
            }
            """);
        int index = int.Parse(alt.Split(' ', ':')[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(TrainedNetworks.Unseen[index].Pixels.Select(grey => (int)grey), pixels);
    }

    [Fact]
    public async Task Every_picture_says_in_words_what_it_shows()
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        Assert.Equal(0, await open.Page.Locator("img:not([alt]), svg:not([role=img][aria-label])").CountAsync());
        Assert.True(await open.Page.Locator("svg").CountAsync() >= 28);
        Assert.Equal(3, await open.Page.EvaluateAsync<int>("() => document.querySelectorAll('#curves svg').length + document.querySelectorAll('#calibration svg').length"));
    }

    [Fact]
    public async Task A_name_from_outside_is_text_and_nothing_else()
    {
        const string Name = "<img src=x onerror='window.isBroken = true'> {{script}}";
        MnistDataset named = new(Name, TrainedNetworks.Unseen, TrainedNetworks.Unseen);
        await using OpenPage open = await chromium.OpenAsync(NetworkReport.Create(TrainedNetworks.Get("Tutorial"), named, null, Name, TestContext.Current.CancellationToken));
        Assert.Equal(Name, await open.Page.TextContentAsync("h1"));
        Assert.Contains(Name, await open.Page.TextContentAsync("#note"), StringComparison.Ordinal);
        Assert.True(await open.Page.EvaluateAsync<bool>("() => window.isBroken === undefined"));
    }

    [Fact]
    public async Task The_button_changes_light_into_dark()
    {
        await using OpenPage open = await chromium.OpenAsync(_html);
        const string Colour = "() => getComputedStyle(document.body).backgroundColor";
        string light = await open.Page.EvaluateAsync<string>(Colour);
        await open.Page.ClickAsync("#theme");
        Assert.NotEqual(light, await open.Page.EvaluateAsync<string>(Colour));
    }
}
