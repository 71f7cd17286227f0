using System.Globalization;
using System.Management.Automation.Host;

namespace MnistPS.Shell;

/// <summary>The console, as the engine sees it.</summary>
internal sealed class ShellHost : PSHost
{
    /// <summary>What <c>exit</c> asked for, or null before it.</summary>
    public int? ExitCode { get; private set; }

    /// <summary>The user interface, as the type that it is.</summary>
    public ShellUserInterface Display { get; } = new();

    /// <inheritdoc/>
    public override PSHostUserInterface UI => Display;

    /// <inheritdoc/>
    public override string Name => "MnistPS.Shell";

    /// <inheritdoc/>
    public override Version Version { get; } = typeof(ShellHost).Assembly.GetName().Version!;

    /// <inheritdoc/>
    public override Guid InstanceId { get; } = Guid.NewGuid();

    /// <inheritdoc/>
    public override CultureInfo CurrentCulture { get; } = CultureInfo.CurrentCulture;

    /// <inheritdoc/>
    public override CultureInfo CurrentUICulture { get; } = CultureInfo.CurrentUICulture;

    /// <inheritdoc/>
    public override void SetShouldExit(int exitCode) => ExitCode = exitCode;

    /// <inheritdoc/>
    public override void EnterNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");

    /// <inheritdoc/>
    public override void ExitNestedPrompt() => throw new NotSupportedException("This shell has no nested prompt.");

    /// <inheritdoc/>
    public override void NotifyBeginApplication()
    {
    }

    /// <inheritdoc/>
    public override void NotifyEndApplication()
    {
    }
}
