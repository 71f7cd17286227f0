using System.Runtime.InteropServices;
using MnistPS.Photos;
using MnistPS.Plots;

namespace MnistPS;

/// <summary>The load context of the graphics library, which has a native part.</summary>
internal sealed class ImagingContext : PackageContext
{
    private const string NativeName = "libSkiaSharp";

    private static readonly Lazy<ImagingContext> _context = new(Create);
    private static readonly Lazy<IPlotRenderer> _renderer = new(() => _context.Value.Make<IPlotRenderer>("PlotRenderer", NotAvailable));
    private static readonly Lazy<IPictureDecoder> _decoder = new(() => _context.Value.Make<IPictureDecoder>("PictureDecoder", NotAvailable));

    private IntPtr _native;

    private ImagingContext()
        : base("Imaging")
    {
    }

    /// <summary>The renderer of plots.</summary>
    /// <exception cref="MnistException">The library cannot be loaded on this machine (<c>ImagingNotAvailable</c>).</exception>
    public static IPlotRenderer Renderer => _renderer.Value;

    /// <summary>The decoder of picture files.</summary>
    /// <exception cref="MnistException">The library cannot be loaded on this machine (<c>ImagingNotAvailable</c>).</exception>
    public static IPictureDecoder Decoder => _decoder.Value;

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName) => unmanagedDllName == NativeName ? _native : IntPtr.Zero;

    private static ImagingContext Create()
    {
        ImagingContext context = new();
        context.LoadNative();
        return context;
    }

    private void LoadNative()
    {
        string extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        string platform = NativePart.FolderFor(RuntimeInformation.RuntimeIdentifier, RuntimeInformation.ProcessArchitecture);
        string runtimes = Path.Join(Folder, "runtimes");
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
