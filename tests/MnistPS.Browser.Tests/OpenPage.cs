using System.Diagnostics.CodeAnalysis;
using Microsoft.Playwright;

namespace MnistPS.Tests;

/// <summary>A page in the browser, with its requests and errors. Disposing it checks that there are none.</summary>
[SuppressMessage("Design", "CA1001", Justification = "It has DisposeAsync.")]
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _file;

    private OpenPage(IBrowserContext context, IPage page, string file)
    {
        _context = context;
        _file = file;
        Page = page;
        page.Request += (_, request) => Requests.Add(request);
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
    }

    /// <summary>The page.</summary>
    public IPage Page { get; }

    /// <summary>All requests.</summary>
    public List<IRequest> Requests { get; } = [];

    /// <summary>Errors of its scripts, and messages on the console.</summary>
    public List<string> Complaints { get; } = [];

    public static async Task<OpenPage> CreateAsync(IBrowserContext context, string html)
    {
        string file = Path.Join(Path.GetTempPath(), $"MnistPS-{Guid.NewGuid():N}.html");
        await File.WriteAllTextAsync(file, html);
        OpenPage open = new(context, await context.NewPageAsync(), file);
        await open.Page.GotoAsync(new Uri(file).AbsoluteUri);
        return open;
    }

    /// <summary>Waits for the next frame, in which the page is drawn.</summary>
    public async Task SettleAsync()
        => await Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _context.CloseAsync();
        File.Delete(_file);
        Assert.Empty(Complaints);
        Assert.Equal(new Uri(_file).AbsoluteUri, Assert.Single(Requests).Url);
    }
}
