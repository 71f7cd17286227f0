using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Security;

namespace MnistPS.Shell;

/// <summary>
/// The streams on the console: output to standard output; errors, warnings and what is said on the way to standard error, so that a
/// redirected output holds results only. Colours and the progress line are for terminals.
/// </summary>
internal sealed class ShellUserInterface : PSHostUserInterface
{
    private static readonly bool s_colours = Environment.GetEnvironmentVariable("NO_COLOR") is null or ""
        && Environment.GetEnvironmentVariable("TERM") != "dumb";

    private bool _progressShown;

    /// <inheritdoc/>
    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface();

    /// <inheritdoc/>
    public override bool SupportsVirtualTerminal => s_colours && !Console.IsOutputRedirected;

    /// <inheritdoc/>
    public override void Write(string value)
    {
        ClearProgress();
        Console.Out.Write(SupportsVirtualTerminal ? value : PlainText(value));
    }

    /// <inheritdoc/>
    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        Write(PSStyle.MapForegroundColorToEscapeSequence(foregroundColor) + PSStyle.MapBackgroundColorToEscapeSequence(backgroundColor)
            + value + PSStyle.Instance.Reset);

    /// <inheritdoc/>
    public override void WriteLine(string value) => Write(value + Environment.NewLine);

    /// <inheritdoc/>
    public override void WriteErrorLine(string value) => WriteAside(PSStyle.Instance.Formatting.Error, value);

    /// <inheritdoc/>
    public override void WriteWarningLine(string message) => WriteAside(PSStyle.Instance.Formatting.Warning, "WARNING: " + message);

    /// <inheritdoc/>
    public override void WriteVerboseLine(string message) => WriteAside(PSStyle.Instance.Formatting.Verbose, "VERBOSE: " + message);

    /// <inheritdoc/>
    public override void WriteDebugLine(string message) => WriteAside(PSStyle.Instance.Formatting.Debug, "DEBUG: " + message);

    /// <inheritdoc/>
    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
            return;

        ClearProgress();
        if (record.RecordType == ProgressRecordType.Completed)
            return;

        string share = record.PercentComplete >= 0 ? $" {record.PercentComplete} %" : "";
        string left = record.SecondsRemaining >= 0 ? $" ({TimeSpan.FromSeconds(record.SecondsRemaining):g} left)" : "";
        string line = $"{record.Activity}:{share} {record.StatusDescription}{left}";
        Console.Error.Write(line[..Math.Min(line.Length, RawUI.WindowSize.Width - 1)]);
        _progressShown = true;
    }

    /// <summary>Takes the progress line away, so that other text can stand in its place.</summary>
    public void ClearProgress()
    {
        if (_progressShown)
            Console.Error.Write($"\r{new string(' ', RawUI.WindowSize.Width - 1)}\r");
        _progressShown = false;
    }

    /// <inheritdoc/>
    public override string ReadLine() => Console.ReadLine() ?? throw NotInteractive();

    /// <inheritdoc/>
    public override SecureString ReadLineAsSecureString() => throw NotInteractive();

    /// <inheritdoc/>
    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions) =>
        throw NotInteractive();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) => throw NotInteractive();

    /// <inheritdoc/>
    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options) => throw NotInteractive();

    /// <inheritdoc/>
    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        // The letter after the ampersand of a label is its key.
        string[] keys = [.. choices.Select(choice => choice.Label[(choice.Label.IndexOf('&', StringComparison.Ordinal) + 1)..][..1])];
        WriteLine($"{caption}\n{message}");
        while (true)
        {
            Write(string.Join("  ", choices.Select((choice, i) => $"[{keys[i]}] {choice.Label.Replace("&", "", StringComparison.Ordinal)}")));
            Write(defaultChoice >= 0 ? $" (default is {keys[defaultChoice]}): " : ": ");
            string answer = ReadLine().Trim();
            int chosen = answer.Length == 0 ? defaultChoice : Array.FindIndex(keys, key => key.Equals(answer, StringComparison.OrdinalIgnoreCase));
            if (chosen >= 0)
                return chosen;
        }
    }

    private static HostException NotInteractive() => new("This shell does not ask for values; give them as parameters.");

    private static string PlainText(string text) => new StringDecorated(text).ToString(OutputRendering.PlainText);

    private void WriteAside(string style, string text)
    {
        ClearProgress();
        string plain = PlainText(text);
        Console.Error.WriteLine(s_colours && !Console.IsErrorRedirected ? $"{style}{plain}{PSStyle.Instance.Reset}" : plain);
    }
}
