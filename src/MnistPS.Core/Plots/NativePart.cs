using System.Runtime.InteropServices;

namespace MnistPS.Plots;

/// <summary>Where the native part of a library lies for the machine at hand, as NuGet packs them: <c>runtimes/linux-x64/native</c>.</summary>
internal static class NativePart
{
    /// <summary>The name of the folder for a machine.</summary>
    /// <param name="runtimeIdentifier"><see cref="RuntimeInformation.RuntimeIdentifier"/>, such as <c>linux-musl-x64</c> or <c>ubuntu.24.04-x64</c>.</param>
    /// <param name="architecture">That of the process.</param>
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
