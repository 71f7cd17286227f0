using System.Management.Automation;
using System.Management.Automation.Host;

namespace MnistPS.Commands;

/// <summary>What the cmdlets that draw in the terminal share: what they may ask of it.</summary>
public abstract class TerminalCommand : MnistCommand
{
    // Where the host knows of no window, a page of plain text.
    private const int DefaultColumns = 80;

    /// <summary>Whether lines may be in colour.</summary>
    private protected bool MayHaveColor()
        => TerminalImage.MayHaveColor(
            Environment.GetEnvironmentVariable("NO_COLOR"),
            OutputRendering(),
            isShown: !Console.IsOutputRedirected && MyInvocation.PipelinePosition == MyInvocation.PipelineLength,
            knowsColor: Host.UI.SupportsVirtualTerminal);

    /// <summary>Whether the terminal may be asked what pictures it can draw: someone sits before it, and nothing stands between.</summary>
    private protected bool MayAsk() => MayHaveColor() && Host.Name == "ConsoleHost" && !Console.IsInputRedirected;

    /// <summary>Whether the session takes escape sequences out of all that it shows.</summary>
    private protected bool IsPlainText() => OutputRendering() == "PlainText";

    /// <summary>The columns of the window.</summary>
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

    // $PSStyle is newer than the API that the module is compiled against.
    private string? OutputRendering()
        => PSObject.AsPSObject(GetVariableValue("PSStyle", string.Empty)).Properties["OutputRendering"]?.Value?.ToString();
}
