using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using MnistPS.Photos;
using MnistPS.Plots;

namespace MnistPS;

/// <summary>
/// The load context of the graphics library, in the folder <c>Imaging</c> beside the module's assembly. What another module has loaded of the same
/// names does not get in its way, nor it in theirs. It is made when a picture is first asked for.
/// </summary>
internal sealed class ImagingContext : AssemblyLoadContext
{
    private const string AssemblyName = "MnistPS.Imaging";
    private const string NativeName = "libSkiaSharp";

    private static readonly Lazy<Assembly> _assembly = new(LoadAssembly);
    private static readonly Lazy<IPlotRenderer> _renderer = new(() => Make<IPlotRenderer>("PlotRenderer"));
    private static readonly Lazy<IPictureDecoder> _decoder = new(() => Make<IPictureDecoder>("PictureDecoder"));

    private readonly string _folder;
    private IntPtr _native;

    private ImagingContext(string folder)
        : base(AssemblyName) => _folder = folder;

    /// <summary>Draws plots.</summary>
    /// <exception cref="MnistException">It cannot be loaded on this machine (<c>ImagingNotAvailable</c>).</exception>
    public static IPlotRenderer Renderer => _renderer.Value;

    /// <summary>Reads picture files.</summary>
    /// <exception cref="MnistException">It cannot be loaded on this machine (<c>ImagingNotAvailable</c>).</exception>
    public static IPictureDecoder Decoder => _decoder.Value;

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // The core is not in the folder, nor is the framework: what is shared comes from where the module has it.
        string file = Path.Join(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) => unmanagedDllName == NativeName ? _native : IntPtr.Zero;

    private static T Make<T>(string type)
        => (T)Activator.CreateInstance(_assembly.Value.GetType($"{AssemblyName}.{type}", throwOnError: true)!)!;

    private static Assembly LoadAssembly()
    {
        string folder = Path.Join(Path.GetDirectoryName(typeof(ImagingContext).Assembly.Location), "Imaging");
        ImagingContext context = new(folder);
        context.LoadNative();
        try
        {
            return context.LoadFromAssemblyPath(Path.Join(folder, $"{AssemblyName}.dll"));
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
