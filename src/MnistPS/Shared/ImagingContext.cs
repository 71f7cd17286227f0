using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using MnistPS.Plots;

namespace MnistPS;

/// <summary>
/// The load context of the graphics library, in the folder <c>Imaging</c> beside the module's assembly. It isolates the library from other versions in the
/// process. It is created on first use.
/// </summary>
internal sealed class ImagingContext : AssemblyLoadContext
{
    private const string AssemblyName = "MnistPS.Imaging";
    private const string NativeName = "libSkiaSharp";

    private static readonly Lazy<IPlotRenderer> _renderer = new(MakeRenderer);

    private readonly string _folder;
    private IntPtr _native;

    private ImagingContext(string folder)
        : base(AssemblyName) => _folder = folder;

    /// <summary>The renderer of plots.</summary>
    /// <exception cref="MnistException">The library cannot be loaded on this machine (<c>ImagingNotAvailable</c>).</exception>
    public static IPlotRenderer Renderer => _renderer.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The core and the framework are not in the folder. They are shared with the default context.
        string file = Path.Join(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) => unmanagedDllName == NativeName ? _native : IntPtr.Zero;

    private static IPlotRenderer MakeRenderer()
    {
        string folder = Path.Join(Path.GetDirectoryName(typeof(ImagingContext).Assembly.Location), "Imaging");
        ImagingContext context = new(folder);
        context.LoadNative();
        try
        {
            Assembly assembly = context.LoadFromAssemblyPath(Path.Join(folder, $"{AssemblyName}.dll"));
            return (IPlotRenderer)Activator.CreateInstance(assembly.GetType($"{AssemblyName}.PlotRenderer", throwOnError: true)!)!;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            throw NotAvailable($"{e.Message.TrimEnd('.')}. Install the module again.", e);
        }
    }

    private void LoadNative()
    {
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string platform = NativePart.FolderFor(RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture);
        string runtimes = Path.Join(_folder, "runtimes");
        string file = Path.Join(runtimes, platform, "native", NativeName + extension);
        if (!File.Exists(file))
        {
            string[] there = Directory.Exists(runtimes) ? [.. Directory.GetDirectories(runtimes).Select(Path.GetFileName).Order(StringComparer.Ordinal)!] : [];
            throw NotAvailable(there.Length > 0
                ? $"there is no '{file}'. This copy of the module draws on {string.Join(", ", there)}."
                : $"there is no '{file}'. Install the module again.");
        }

        try
        {
            _native = NativeLibrary.Load(file);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw NotAvailable($"'{file}' cannot be loaded: {e.Message.ReplaceLineEndings(" ").TrimEnd(' ', '.')}.", e);
        }
    }

    private static MnistException NotAvailable(string reason, Exception? cause = null) => new("ImagingNotAvailable", Fault.NotFound,
        string.Format(Messages.Culture, Messages.ImagingNotAvailable, RuntimeInformation.RuntimeIdentifier, reason), RuntimeInformation.RuntimeIdentifier, cause);
}
