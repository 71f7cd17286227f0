using System.Text;
using MnistPS.Shell;

// Digits are drawn with block characters, whatever the console's code page is.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

using ShellSession session = new();
Console.CancelKeyPress += (_, press) =>
{
    // At the prompt Ctrl+C must not throw away what has been made there, a trained network say.
    press.Cancel = session.Stop() || args is [];
};

return session.ImportModule() ? args switch
{
    [] => session.Prompt(),
    [string option, .. string[] words] when option.Equals("-Command", StringComparison.OrdinalIgnoreCase) => session.RunCommand(string.Join(' ', words)),
    [string script, .. string[] arguments] => session.RunScript(script, arguments),
} : ShellSession.Failure;
