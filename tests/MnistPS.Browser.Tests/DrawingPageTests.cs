using System.Text.Json;
using Microsoft.Playwright;
using MnistPS.Execution;
using MnistPS.Web;

namespace MnistPS.Tests;

/// <summary>The page reads as the network does, for all layers. It is one small file that makes no request.</summary>
public sealed class DrawingPageTests(Chromium chromium)
{
    // Reads some images, and returns the milliseconds of each.
    private const string ReadAll =
        """
        text => {
          const bytes = Uint8Array.from(atob(text), character => character.charCodeAt(0)), readings = [];
          const begin = performance.now();
          for (let i = 0; i < bytes.length; i += 784) readings.push(readDigit(bytes.subarray(i, i + 784)));
          return JSON.stringify({ readings, milliseconds: (performance.now() - begin) / readings.length });
        }
        """;

    [Theory]
    [InlineData("Tutorial", 1_000_000)]
    [InlineData("ConvNet", 1_000_000)]
    [InlineData("Mlp", 4_000_000)]
    [InlineData("every layer", 1_000_000)]
    [InlineData("calibrated", 3_000_000)]
    [InlineData("convolutions only", 1_000_000)]
    public async Task It_reads_two_hundred_digits_as_the_network_does(string name, int mostBytes)
        => await CheckAsync(TrainedNetworks.Get(name), TrainedNetworks.Unseen, name, mostBytes);

    [Theory]
    [InlineData("Tutorial")]
    [InlineData("ConvNet")]
    [InlineData("Mlp")]
    [InlineData("every layer")]
    [InlineData("calibrated")]
    public async Task It_reads_MNIST_as_the_network_does(string name)
        => await CheckAsync(TrainedNetworks.Get(name), RealMnist.First(1, 200).Test, name, int.MaxValue);

    [Fact]
    public async Task It_may_ask_nobody_for_anything()
    {
        await using OpenPage open = await chromium.OpenAsync(DrawingPage.Create(TrainedNetworks.Get("Tutorial"), "Digits"));
        string[] refused = await open.Page.EvaluateAsync<string[]>(
            """
            async () => {
              const refused = [];
              addEventListener('securitypolicyviolation', violation => refused.push(violation.effectiveDirective));
              await fetch('https://example.org/').catch(() => 0);
              document.body.append(Object.assign(new Image(), { src: 'https://example.org/x.png' }));
              document.head.append(Object.assign(document.createElement('script'), { textContent: 'window.isBroken = true' }));
              document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href: 'https://example.org/x.css' }));
              await new Promise(done => setTimeout(done, 200));
              return [...refused.sort(), String(window.isBroken)];
            }
            """);
        Assert.Equal(["connect-src", "img-src", "script-src-elem", "style-src-elem", "undefined"], refused);
        Assert.All(open.Complaints, complaint => Assert.Contains("Content Security Policy", complaint, StringComparison.Ordinal));
        open.Complaints.Clear();

        // The browser reports requests that it has refused itself.
        Assert.All(open.Requests.Skip(1), request => Assert.Equal("csp", request.Failure));
        open.Requests.RemoveRange(1, open.Requests.Count - 1);
    }

    [Theory]
    [InlineData("</title></h1><script>window.isBroken = true</script>")]
    [InlineData("{{script}} & {{weights}} \"quoted\"")]
    [InlineData("숫자를 그려 보세요")]
    public async Task A_title_is_text_and_nothing_else(string title)
    {
        await using OpenPage open = await chromium.OpenAsync(DrawingPage.Create(TrainedNetworks.Get("Tutorial"), title));
        Assert.Equal(title, await open.Page.TitleAsync());
        Assert.Equal(title, await open.Page.TextContentAsync("h1"));
        Assert.True(await open.Page.EvaluateAsync<bool>("() => window.isBroken === undefined"));
    }

    [Fact]
    public async Task Without_scripts_it_says_so()
    {
        await using OpenPage open = await chromium.OpenAsync(DrawingPage.Create(TrainedNetworks.Get("Tutorial"), "Digits"), runsScripts: false);
        Assert.Contains("scripts are off", await open.Page.InnerTextAsync("noscript"), StringComparison.Ordinal);
    }

    private async Task CheckAsync(MnistNetwork network, ImageSet images, string name, int mostBytes)
    {
        string html = DrawingPage.Create(network, "Digits");
        await using OpenPage open = await chromium.OpenAsync(html);
        string pixels = Convert.ToBase64String([.. images.SelectMany(image => image.Pixels)]);
        string json = await open.Page.EvaluateAsync<string>(ReadAll, pixels);
        PageReadings page = JsonSerializer.Deserialize<PageReadings>(json, JsonSerializerOptions.Web)!;
        TestContext.Current.TestOutputHelper!.WriteLine($"{name}: {html.Length} bytes, {page.Milliseconds:0.00} ms a digit");

        using Predictor predictor = new(network);
        Prediction[] expected = [.. images.SelectMany(image => predictor.Add(image).ToArray()), .. predictor.Flush()];
        Assert.Equal(200, expected.Length);
        Assert.Equal(expected.Select(prediction => prediction.Label), page.Readings.Select(reading => (int?)reading.Label));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.All(expected[i].Scores.Zip(page.Readings[i].Scores), scores => Assert.Equal(scores.First, scores.Second, 1e-5));

            // The forms of digits have sixteen bits there.
            Assert.Equal(expected[i].Confidence, Math.Clamp(page.Readings[i].Confidence, 0, 1), network.State.Calibration is null ? 1e-5 : 1e-2);
        }

        // Equal predictions would prove little.
        Assert.True(expected.DistinctBy(prediction => prediction.Label).Count() > 5);
        Assert.InRange(html.Length, 1, mostBytes);
    }

    private sealed record PageReadings(Reading[] Readings, double Milliseconds);

    private sealed record Reading(int Label, double[] Scores, double Confidence);
}
