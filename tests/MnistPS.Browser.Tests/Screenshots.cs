using Microsoft.Playwright;

namespace MnistPS.Tests;

/// <summary>Screenshots of pages for people to look at, in the folder of MNISTPS_SCREENSHOTS if it is set.</summary>
internal static class Screenshots
{
    public static async Task TakeAsync(OpenPage open, string name)
    {
        if (Environment.GetEnvironmentVariable("MNISTPS_SCREENSHOTS") is { Length: > 0 } folder)
        {
            // Without animations, since moving bars would differ each time.
            await open.Page.ScreenshotAsync(new() { Path = Path.Join(folder, $"{name}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        }
    }
}
