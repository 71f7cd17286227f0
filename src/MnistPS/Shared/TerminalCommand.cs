using System.Management.Automation;
using System.Management.Automation.Host;

namespace MnistPS.Commands;

/// <summary>The base of cmdlets that draw in the terminal.</summary>
public abstract class TerminalCommand : MnistCommand
{
    // The width if the host has no window.
    private const int DefaultColumns = 80;

    /// <summary>Whether the output may have colours.</summary>
    private protected bool MayHaveColor()
        => TerminalImage.MayHaveColor(
            Environment.GetEnvironmentVariable("NO_COLOR"),
            OutputRendering(),
            isShown: !Console.IsOutputRedirected && MyInvocation.PipelinePosition == MyInvocation.PipelineLength,
            knowsColor: Host.UI.SupportsVirtualTerminal);

    /// <summary>Whether the terminal may be queried: the session is interactive and its input is not redirected.</summary>
    private protected bool MayAsk() => MayHaveColor() && Host.Name == "ConsoleHost" && !Console.IsInputRedirected;

    /// <summary>Whether the session strips escape sequences from its output.</summary>
    private protected bool IsPlainText() => OutputRendering() == "PlainText";

    /// <summary>The columns of the terminal.</summary>
    private protected int WindowColumns()
    {
        try
        {
            return Host.UI.RawUI.WindowSize.Width;
        }
        catch (Exception noWindow) when (noWindow is HostException or NotImplementedException)
        {
            return DefaultColumns;
        }
    }

    // $PSStyle is not in the API that the module is compiled against.
    private string? OutputRendering()
        => PSObject.AsPSObject(GetVariableValue("PSStyle", string.Empty)).Properties["OutputRendering"]?.Value?.ToString();
}
