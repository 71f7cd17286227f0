using System.Reflection;
using System.Runtime.Loader;

namespace MnistPS;

/// <summary>
/// The load context of a part of the module and its packages, in a folder of its own beside the module's assembly. What another module has loaded of the
/// same names does not get in its way, nor it in theirs. It is made when the part is first asked for.
/// </summary>
/// <param name="part">The part, such as <c>Onnx</c>: the name of its folder, and the end of its assembly's.</param>
internal class PackageContext(string part) : AssemblyLoadContext($"MnistPS.{part}")
{
    /// <summary>The folder.</summary>
    protected string Folder { get; } = Path.Join(Path.GetDirectoryName(typeof(PackageContext).Assembly.Location), part);

    /// <summary>Makes an object of the part, which it shares with the module by an interface of the core.</summary>
    /// <param name="type">The name of its type.</param>
    /// <param name="notAvailable">The fault where it cannot be loaded, by its reason and cause.</param>
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
        // The core is not in the folder, nor is the framework: what is shared comes from where the module has it.
        string file = Path.Join(Folder, $"{assemblyName.Name}.dll");
        return File.Exists(file) ? LoadFromAssemblyPath(file) : null;
    }
}
