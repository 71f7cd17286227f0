using System.Runtime.InteropServices;

namespace MnistPS.Plots;

/// <summary>Where NuGet packs a library's native part for this machine: <c>runtimes/linux-x64/native</c>.</summary>
internal static class NativePart
{
    /// <summary>The name of a machine's folder.</summary>
    /// <param name="runtimeIdentifier"><see cref="RuntimeInformation.RuntimeIdentifier"/>, such as <c>linux-musl-x64</c> or <c>ubuntu.24.04-x64</c>.</param>
    /// <param name="architecture">The architecture of the process.</param>
    public static string FolderFor(string runtimeIdentifier, Architecture architecture)
    {
        string cpu = architecture.ToString().ToLowerInvariant();
        bool Is(string name) => runtimeIdentifier.StartsWith(name, StringComparison.Ordinal);
        return Is("win") ? $"win-{cpu}"
            : Is("osx") ? "osx"
            : Is("freebsd") || Is("browser") || Is("android") || Is("ios") ? runtimeIdentifier
            : Is("linux-musl") || Is("alpine") ? $"linux-musl-{cpu}"
            : $"linux-{cpu}";
    }
}
