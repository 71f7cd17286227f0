using System.Reflection;
using System.Text;
using SkiaSharp;

namespace MnistPS.Imaging;

/// <summary>
/// The bundled font: Inter (SIL Open Font License 1.1), a resource of the assembly Avalonia.Fonts.Inter, whose code never runs. The resource begins with
/// the length of an index, a version and a count. An entry has a path with its length before it, the file's offset from the end of the index, and the
/// file's length (Avalonia's AvaloniaResourcesIndex).
/// </summary>
internal static class InterFont
{
    private const string AssemblyName = "Avalonia.Fonts.Inter";
    private const string ResourceName = "!AvaloniaResources";

    /// <summary>Loads a weight of the font.</summary>
    /// <param name="weight">The name of the weight, such as <c>Regular</c> or <c>SemiBold</c>.</param>
    public static SKTypeface Load(string weight)
    {
        string file = Path.Join(Path.GetDirectoryName(typeof(InterFont).Assembly.Location), $"{AssemblyName}.dll");
        Assembly assembly = System.Runtime.Loader.AssemblyLoadContext.GetLoadContext(typeof(InterFont).Assembly)!.LoadFromAssemblyPath(file);
        using Stream stream = assembly.GetManifestResourceStream(ResourceName)!;
        using BinaryReader reader = new(stream, Encoding.UTF8);
        int indexLength = reader.ReadInt32();
        reader.ReadInt32();
        for (int count = reader.ReadInt32(); count > 0; count--)
        {
            string path = reader.ReadString();
            int offset = reader.ReadInt32();
            int length = reader.ReadInt32();
            if (path.EndsWith($"/Inter-{weight}.ttf", StringComparison.Ordinal))
            {
                stream.Position = sizeof(int) + indexLength + offset;
                using SKData data = SKData.CreateCopy(reader.ReadBytes(length));
                return SKTypeface.FromData(data);
            }
        }

        throw new InvalidDataException($"{file} has no Inter-{weight}.ttf.");
    }
}
