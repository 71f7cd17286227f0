using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MnistPS.Tests.Chromium))]

namespace MnistPS.Tests;

/// <summary>
/// A headless browser for all tests: that of MNISTPS_CHROMIUM, or a Chromium or Chrome on the PATH. Without one the tests are skipped; none is downloaded.
/// </summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] _names = ["chromium", "chromium-browser", "google-chrome"];
    private readonly string? _path = Find();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (_path is not null)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = _path,
                Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
            });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await (_browser?.CloseAsync() ?? Task.CompletedTask);
        _playwright?.Dispose();
    }

    /// <summary>Opens HTML as a file, in a new window.</summary>
    internal async Task<OpenPage> OpenAsync(
        string html, int width = 1280, int height = 800, ColorScheme scheme = ColorScheme.Light, bool hasTouch = false, bool runsScripts = true)
    {
        Assert.SkipWhen(_browser is null, "No Chromium is at hand: none of chromium, chromium-browser, google-chrome is on the PATH, and MNISTPS_CHROMIUM names none.");
        IBrowserContext context = await _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = scheme,
            HasTouch = hasTouch,
            JavaScriptEnabled = runsScripts,
        });
        return await OpenPage.CreateAsync(context, html);
    }

    private static string? Find()
    {
        string[] folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        string suffix = OperatingSystem.IsWindows() ? ".exe" : "";
        return Environment.GetEnvironmentVariable("MNISTPS_CHROMIUM") is { Length: > 0 } named
            ? named
            : _names.SelectMany(_ => folders, (name, folder) => Path.Join(folder, name + suffix)).FirstOrDefault(File.Exists);
    }
}
