using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using System.Text.RegularExpressions;

namespace MnistPS.Shell;

/// <summary>One runspace with the module in it: runs a script, a command, or what is typed at the prompt, and shows what comes out.</summary>
internal sealed partial class ShellSession : IDisposable
{
    /// <summary>Exit code after a terminating error, as pwsh has it.</summary>
    public const int Failure = 1;

    /// <summary>Exit code after Ctrl+C: 128 and the number of the interrupt signal, as shells have it.</summary>
    private const int Interrupted = 130;

    private readonly ShellHost _host = new();
    private readonly Runspace _runspace;
    private readonly Lock _gate = new();
    private PowerShell? _running;

    /// <summary>Opens the runspace.</summary>
    public ShellSession()
    {
        // CreateDefault asks for the snap-ins of the full PowerShell, which the bare engine does not have.
        _runspace = RunspaceFactory.CreateRunspace(_host, InitialSessionState.CreateDefault2());
        _runspace.Open();
    }

    /// <summary>Imports the module from the folder <c>MnistPS</c> at the top of the repository.</summary>
    /// <returns>Whether that went well; if not, the reason has been shown.</returns>
    public bool ImportModule()
    {
        const string Manifest = "MnistPS/MnistPS.psd1";
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string manifest = Path.Combine(folder.FullName, Manifest);
            if (File.Exists(manifest))
                return Run(new Command("Import-Module") { Parameters = { { "Name", manifest }, { "ErrorAction", "Stop" } } }) == 0;
        }

        _host.UI.WriteErrorLine($"No folder above {AppContext.BaseDirectory} holds {Manifest}. Run the shell from a clone of the repository.");
        return false;
    }

    /// <summary>Runs a script file. Its arguments bind as they do in <c>pwsh -File</c>: <c>-Name value</c>, <c>-Name:value</c>, or by position.</summary>
    /// <returns>The exit code.</returns>
    public int RunScript(string path, IEnumerable<string> arguments)
    {
        if (!File.Exists(path))
        {
            _host.UI.WriteErrorLine($"There is no script {Path.GetFullPath(path)}.");
            return Failure;
        }

        // Where a file is the command itself, the engine keeps its exit code from the host; so it is called, and its failure passed on.
        string call = string.Join(' ', arguments.Select(ToToken).Prepend($"& {Quote(Path.GetFullPath(path))}"));
        return RunCommand($"{call}; if (-not $?) {{ exit ($LASTEXITCODE ? $LASTEXITCODE : {Failure}) }}");
    }

    /// <summary>Runs a text as a script.</summary>
    /// <returns>The exit code.</returns>
    public int RunCommand(string text) => Run(new Command(text, isScript: true, useLocalScope: false));

    /// <summary>Reads statements from the console and runs them until <c>exit</c> or the end of the input.</summary>
    /// <returns>The exit code.</returns>
    public int Prompt()
    {
        while (_host.ExitCode is null && ReadStatement() is string statement)
            RunCommand(statement);
        return _host.ExitCode ?? 0;
    }

    /// <summary>Stops what runs now; whoever started it goes on.</summary>
    /// <returns>Whether there was something to stop.</returns>
    public bool Stop()
    {
        lock (_gate)
        {
            if (_running?.InvocationStateInfo.State != PSInvocationState.Running)
                return false;
            _running.Stop();
            return true;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _runspace.Dispose();

    [GeneratedRegex(@"^(?<name>-\p{L}\w*)(:(?<value>.*))?$", RegexOptions.Singleline)]
    private static partial Regex ParameterName { get; }

    /// <summary>An argument of the process as PowerShell writes it: names and the values of switches as they are, all else as a literal string.</summary>
    private static string ToToken(string argument)
    {
        Match match = ParameterName.Match(argument);
        if (!match.Success)
            return Quote(argument);

        string name = match.Groups["name"].Value;
        return !match.Groups["value"].Success ? name : match.Groups["value"].Value.ToUpperInvariant() switch
        {
            "$TRUE" => $"{name}:$true",
            "$FALSE" => $"{name}:$false",
            _ => $"{name}:{Quote(match.Groups["value"].Value)}",
        };
    }

    private static string Quote(string text) => $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}'";

    private int Run(Command command)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        command.MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        shell.Commands.AddCommand(command).AddCommand("Out-Default");
        SetRunning(shell);
        try
        {
            shell.Invoke();
            return shell.InvocationStateInfo.State == PSInvocationState.Stopped ? Interrupted : _host.ExitCode ?? 0;
        }
        catch (RuntimeException e)
        {
            // The message of a syntax error has its position already.
            string? position = e is ParseException ? null : e.ErrorRecord.InvocationInfo?.PositionMessage;
            _host.UI.WriteErrorLine($"{e.Message}\n{position}".TrimEnd());
            return Failure;
        }
        finally
        {
            SetRunning(null);
            _host.Display.ClearProgress();
        }
    }

    private void SetRunning(PowerShell? shell)
    {
        lock (_gate)
            _running = shell;
    }

    private string? ReadStatement()
    {
        string text = "";
        string prompt = PromptText();
        while (true)
        {
            if (!Console.IsInputRedirected)
                Console.Write(prompt);
            if (Console.ReadLine() is not string line)
                return null;

            text += line + "\n";
            Parser.ParseInput(text, out _, out ParseError[] errors);
            if (!Array.Exists(errors, error => error.IncompleteInput))
                return text;
            prompt = ">> ";
        }
    }

    private string PromptText()
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        try
        {
            return string.Concat(shell.AddCommand("prompt").Invoke<string>());
        }
        catch (RuntimeException)
        {
            // A function of the user's own, as in PowerShell.
            return "PS>";
        }
    }
}
