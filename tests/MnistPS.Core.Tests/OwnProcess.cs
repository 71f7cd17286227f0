using System.Diagnostics;

namespace MnistPS.Tests;

/// <summary>Runs tests in a process of their own, with other runtime settings or without code compiled before.</summary>
internal static class OwnProcess
{
    /// <summary>Runs all tests of some classes. None may fail or be skipped.</summary>
    /// <param name="environment">Environment variables of the process.</param>
    /// <param name="classes">The classes.</param>
    public static async Task RunAsync(IEnumerable<KeyValuePair<string, string>> environment, params IEnumerable<Type> classes)
    {
        ProcessStartInfo start = new("dotnet")
        {
            ArgumentList =
            {
                "exec", typeof(OwnProcess).Assembly.Location, "--progress", "off",
                "--results-directory", Path.Combine(Path.GetTempPath(), "MnistPS.Tests"),
            },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (Type type in classes)
        {
            start.ArgumentList.Add("--filter-class");
            start.ArgumentList.Add(type.FullName!);
        }

        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(process.ExitCode == 0, $"Exit code {process.ExitCode}{Environment.NewLine}{output}{await errors}");
        Assert.Contains("skipped: 0", output, StringComparison.Ordinal);
    }
}
