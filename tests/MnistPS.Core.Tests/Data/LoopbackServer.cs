using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MnistPS.Tests;

/// <summary>A mirror on this machine with the answers of a test.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, HttpListenerResponse, HttpListenerRequest, Task> _answer;
    private readonly ConcurrentQueue<string> _requests = new();

    /// <param name="answer">Answers a request for a file name.</param>
    public LoopbackServer(Func<string, HttpListenerResponse, Task> answer)
        : this((name, response, _) => answer(name, response))
    {
    }

    /// <param name="answer">Answers a request for a file name.</param>
    public LoopbackServer(Func<string, HttpListenerResponse, HttpListenerRequest, Task> answer)
    {
        _answer = answer;
        Address = new Uri($"http://127.0.0.1:{FreePort()}/mnist");
        _listener.Prefixes.Add(Address + "/");
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Sends the files by their names, and 404 for any other.</summary>
    public LoopbackServer(IReadOnlyDictionary<string, byte[]> files)
        : this((name, response) => files.TryGetValue(name, out byte[]? content) ? SendAsync(response, content) : StatusAsync(response, 404))
    {
    }

    public Uri Address { get; }

    /// <summary>The names asked for, in order.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    public static async Task SendAsync(HttpListenerResponse response, byte[] content)
    {
        response.ContentLength64 = content.Length;
        await response.OutputStream.WriteAsync(content);
        response.Close();
    }

    public static Task StatusAsync(HttpListenerResponse response, int status)
    {
        response.StatusCode = status;
        response.Close();
        return Task.CompletedTask;
    }

    public void Dispose() => _listener.Close();

    private static int FreePort()
    {
        using TcpListener probe = new(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext context = await _listener.GetContextAsync();
                _ = AnswerAsync(context);
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        string name = context.Request.Url!.Segments[^1];
        _requests.Enqueue(name);
        await _answer(name, context.Response, context.Request);
    }
}
