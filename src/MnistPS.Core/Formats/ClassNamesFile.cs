using System.Collections.ObjectModel;
using System.Text;

namespace MnistPS.Formats;

/// <summary>The class names of a data set in a folder: <c>classes.txt</c>, in UTF-8, with a name a line, that of label 0 first.</summary>
internal static class ClassNamesFile
{
    private const string Name = "classes.txt";

    // Ten names of 40 characters take less.
    private const int LongestFile = 1 << 12;

    /// <summary>Writes names, unless they are the digits and replace no others.</summary>
    /// <param name="names">The names.</param>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="target">The folder whose files are replaced.</param>
    public static void Write(IReadOnlyList<string> names, string folder, string target)
    {
        if (!ClassNames.AreDigits(names) || File.Exists(Path.Join(target, Name)))
        {
            AtomicFolder.Put(folder, Name, stream => stream.Write(Encoding.UTF8.GetBytes(string.Concat(names.Select(name => $"{name}\n")))));
        }
    }

    /// <summary>The names in a folder, or null without its file or if it is no such file.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="warn">Receives a warning of a file that is no such file.</param>
    public static ReadOnlyCollection<string>? Read(string folder, Action<string> warn)
    {
        string path = Path.Join(folder, Name);
        if (!File.Exists(path))
        {
            return null;
        }

        try
        {
            using FileStream file = SpecialFile.OpenFile(path);
            using StreamReader reader = new(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));
            string text = file.Length <= LongestFile ? reader.ReadToEnd() : throw new FormatException($"It has {file.Length} bytes.");
            return ClassNames.Of(text.TrimEnd('\r', '\n').ReplaceLineEndings("\n").Split('\n'));
        }
        catch (Exception e) when (e is MnistException or FormatException || FileFault.IsOne(e))
        {
            warn($"'{path}' is no list of class names, one a line, and is passed over: {e.Message}");
            return null;
        }
    }
}
