using System.Diagnostics;

namespace MnistPS.Specs;

/// <summary>The shell as a process: streams, arguments, exit codes, Ctrl+C.</summary>
public sealed class ShellTests : IDisposable
{
    private const string Script = """
        param([int]$Epochs = 20, [switch]$Fast, [string]$Name)
        "$Epochs|$Fast|$Name"
        """;

    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("shell-");

    /// <summary>Removes the scripts that were written.</summary>
    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("20|False|")]
    [InlineData("3|False|", "-Epochs", "3")]
    [InlineData("3|True|", "-Epochs:3", "-Fast")]
    [InlineData("20|False|a", "-Fast:$false", "-Name", "a")]
    [InlineData("-3|True|it's $x; y", "-3", "-Fast", "it's $x; y")]
    [InlineData("20|False|-a;'b", "-Name", "-a;'b")]
    public void ArgumentsBindAsParameters(string expected, params string[] arguments) =>
        Assert.Equal((0, expected, ""), Run(Script, arguments));

    [Theory]
    [InlineData("'x'; exit 3; 'y'", 3, "x", "")]
    [InlineData("'x'; exit 0; 'y'", 0, "x", "")]
    [InlineData("'x'; throw 'oh no'", 1, "x", "oh no")]
    [InlineData("'x'; if (", 1, "", "Missing condition")]
    [InlineData("'x'; Get-Nothing; 'y'", 0, "x\ny", "Get-Nothing")]
    [InlineData("$ErrorActionPreference = 'Stop'; Get-Nothing; 'y'", 1, "", "Get-Nothing")]
    [InlineData("param([int]$n)", 1, "", "Cannot convert", "-n", "x")]
    [InlineData("'x'; $Host.UI.WriteWarningLine('look')", 0, "x", "WARNING: look")]
    [InlineData("(Get-Module MnistPS).Name", 0, "MnistPS", "")]
    public void StreamsAndExitCodesAreRight(string script, int code, string output, string error, params string[] arguments)
    {
        (int Code, string Output, string Error) = Run(script, arguments);
        Assert.Equal((code, output), (Code, Output));
        Assert.Contains(error, Error, StringComparison.Ordinal);
        Assert.Equal(error.Length == 0, Error.Length == 0);
    }

    [Fact]
    public void ACommandRuns() => Assert.Equal((4, "2", ""), Wait(Start("-Command", "1 + 1; exit 4")));

    [Fact]
    public void AMissingScriptIsReported()
    {
        (int code, _, string error) = Wait(Start("nowhere.ps1"));
        Assert.Equal(1, code);
        Assert.Contains("There is no script", error, StringComparison.Ordinal);
    }

    [Fact]
    public void ThePromptReadsOnUntilAStatementIsWhole()
    {
        Process shell = Start();
        shell.StandardInput.Write("if ($true) {\n'one'\n}\nthrow 'oh no'\n'two'\nexit 5\n'three'\n");
        (int code, string output, string error) = Wait(shell);
        Assert.Equal((5, "one\ntwo"), (code, output));
        Assert.Contains("oh no", error, StringComparison.Ordinal);
    }

    [Fact]
    public void APromptFunctionThatThrowsEndsNothing()
    {
        Process shell = Start();
        shell.StandardInput.Write("function prompt { throw 'oh no' }\n'one'\nexit 5\n");
        Assert.Equal((5, "one", ""), Wait(shell));
    }

    [Fact]
    public void ControlCStopsAScript()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no interrupt signal to send.");
        Assert.SkipWhen(IgnoresInterrupt(), "The interrupt signal is ignored here and so by the shell too, as by all that a script starts in the background.");
        Process shell = Start("-Command", "try { 'started'; while ($true) { } } finally { [Console]::WriteLine('left') }");
        Assert.Equal("started", shell.StandardOutput.ReadLine());
        using (Process kill = Process.Start("kill", ["-INT", $"{shell.Id}"]))
            kill.WaitForExit();
        Assert.Equal((130, "left", ""), Wait(shell));
    }

    private (int Code, string Output, string Error) Run(string script, params string[] arguments)
    {
        string path = Path.Combine(_folder.FullName, "it's.ps1");
        File.WriteAllText(path, script);
        return Wait(Start([path, .. arguments]));
    }

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "MnistPS.Shell.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static (int Code, string Output, string Error) Wait(Process process)
    {
        using (process)
        {
            process.StandardInput.Close();
            Task<string> output = process.StandardOutput.ReadToEndAsync();
            Task<string> error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(_limit))
            {
                process.Kill(entireProcessTree: true);
                Assert.Fail($"The shell did not end within {_limit}.");
            }

            return (process.ExitCode, Lines(output.Result), Lines(error.Result));
        }
    }

    /// <summary>Whether this process, and so those that it starts, ignores the second signal, SIGINT. Source: proc(5), SigIgn of /proc/pid/status.</summary>
    private static bool IgnoresInterrupt()
    {
        const string Key = "SigIgn:";
        string? mask = OperatingSystem.IsLinux()
            ? File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return mask is not null && (Convert.ToUInt64(mask[Key.Length..].Trim(), 16) & 0b10) != 0;
    }

    private static string Lines(string text) => text.ReplaceLineEndings("\n").Trim('\n');
}
