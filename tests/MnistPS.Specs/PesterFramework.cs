using System.Diagnostics;
using System.Reflection;
using System.Text.Json;
using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;
using Microsoft.Testing.Platform.TestHost;

namespace MnistPS.Specs;

/// <summary>
/// Reports each <c>It</c> of the Pester specs as a test. Each spec runs in a PowerShell process of its own, so that none sees what another has loaded, and
/// one that ends its process fails alone.
/// </summary>
internal sealed class PesterFramework(ICommandLineOptions options) : ITestFramework, IDataProducer
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public string Uid => nameof(PesterFramework);

    public string Version => "1.0";

    public string DisplayName => "Pester";

    public string Description => "Runs Pester specs in PowerShell.";

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context)
        => Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context)
        => Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        try
        {
            foreach (string spec in Directory.EnumerateFiles(Metadata("Specs"), "*.Tests.ps1").Order(StringComparer.Ordinal))
            {
                foreach (SpecResult result in await RunAsync(spec, context.Request is DiscoverTestExecutionRequest, context.CancellationToken))
                {
                    TestNode node = new() { Uid = $"{Path.GetFileName(result.File)}: {result.Name}", DisplayName = result.Name, Properties = Properties(result) };
                    SessionUid session = ((TestExecutionRequest)context.Request).Session.SessionUid;
                    await context.MessageBus.PublishAsync(this, new TestNodeUpdateMessage(session, node));
                }
            }
        }
        catch (OperationCanceledException)
        {
            // A cancelled run reports the results so far.
        }
        finally
        {
            context.Complete();
        }
    }

    private async Task<IEnumerable<SpecResult>> RunAsync(string spec, bool isListed, CancellationToken cancellation)
    {
        string results = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            options.TryGetOptionArgumentList(FilterOption.Name, out string[]? filter);
            string[] arguments =
            [
                Metadata("PowerShell"), "-NoLogo", "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "Invoke-Spec.ps1"),
                "-Pester", Metadata("Pester"), "-Path", spec, "-ResultPath", results, .. isListed ? ["-List"] : Array.Empty<string>(), .. filter ?? [],
            ];
            using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            using CancellationTokenRegistration kill = cancellation.Register(() => process.Kill(entireProcessTree: true));
            string[] texts = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(CancellationToken.None), process.StandardError.ReadToEndAsync(CancellationToken.None));
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();

            // A spec that ends its process writes no result, whatever the exit code.
            bool isComplete = File.Exists(results);
            IEnumerable<SpecResult> read = isComplete ? File.ReadAllLines(results).Select(line => JsonSerializer.Deserialize<SpecResult>(line, _json)!) : [];
            return isComplete && process.ExitCode == 0
                ? read
                : [.. read, new SpecResult(Path.GetFileName(spec), spec, 1, "Failed", DateTimeOffset.Now, 0, $"PowerShell ended with exit code {process.ExitCode}.\n{string.Join('\n', texts)}")];
        }
        finally
        {
            File.Delete(results);
        }
    }

    private static PropertyBag Properties(SpecResult result)
    {
        TimeSpan duration = TimeSpan.FromMilliseconds(result.Milliseconds);
        LinePosition line = new(result.Line - 1, 0);
        return new PropertyBag(
            result.Outcome switch
            {
                "Passed" => PassedTestNodeStateProperty.CachedInstance,
                "Skipped" => new SkippedTestNodeStateProperty(result.Message ?? ""),
                "Found" => DiscoveredTestNodeStateProperty.CachedInstance,
                _ => new FailedTestNodeStateProperty(result.Message ?? ""),
            },
            new TestFileLocationProperty(result.File, new LinePositionSpan(line, line)),
            new TimingProperty(new TimingInfo(result.Start, result.Start + duration, duration)));
    }

    // Paths of PowerShell, Pester and the specs from the build.
    private static string Metadata(string key)
        => typeof(PesterFramework).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
