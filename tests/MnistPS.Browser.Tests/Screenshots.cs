using Microsoft.Playwright;

namespace MnistPS.Tests;

/// <summary>Pictures of pages, for people to look at: into the folder that MNISTPS_SCREENSHOTS names, where it names one.</summary>
internal static class Screenshots
{
    public static async Task TakeAsync(OpenPage open, string name)
    {
        if (Environment.GetEnvironmentVariable("MNISTPS_SCREENSHOTS") is { Length: > 0 } folder)
        {
            // At their end, since bars that are on their way would be elsewhere each time.
            await open.Page.ScreenshotAsync(new() { Path = Path.Join(folder, $"{name}.png"), FullPage = true, Animations = ScreenshotAnimations.Disabled });
        }
    }
}
