using System.Reflection;
using System.Runtime.Loader;

namespace MnistPS;

/// <summary>
/// The load context of a part of the module and its packages, in a folder of its own beside the module's assembly. Another module can load other
/// versions of these packages. It is created at the first use of the part.
/// </summary>
/// <param name="part">The part, such as <c>Onnx</c>: the name of its folder, and the end of the name of its assembly.</param>
internal class PackageContext(string part) : AssemblyLoadContext($"MnistPS.{part}")
{
    /// <summary>The folder.</summary>
    protected string Folder { get; } = Path.Join(Path.GetDirectoryName(typeof(PackageContext).Assembly.Location), part);

    /// <summary>Creates an object of the part, whose interface is in Core.</summary>
    /// <param name="type">The name of the type.</param>
    /// <param name="notAvailable">Creates the fault of a failed load, from its reason and cause.</param>
    public T Make<T>(string type, Func<string, Exception, MnistException> notAvailable)
    {
        try
        {
            Assembly assembly = LoadFromAssemblyPath(Path.Join(Folder, $"{Name}.dll"));
            return (T)Activator.CreateInstance(assembly.GetType($"{Name}.{type}", throwOnError: true)!)!;
        }
        catch (Exception e) when (e is IOException or BadImageFormatException)
        {
            throw notAvailable($"{e.Message.ReplaceLineEndings(" ").TrimEnd(' ', '.')}. Install the module again.", e);
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // Core and the framework are not in the folder; they come from the default context.
        string file = Path.Join(Folder, $"{assemblyName.Name}.dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
