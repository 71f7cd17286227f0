namespace MnistPS;

/// <summary>Messages for a file that the system refuses.</summary>
internal static class FileFault
{
    /// <summary>Why a file cannot be used, as a clause that ends in a full stop.</summary>
    public static string Reason(string path, Exception cause)
    {
        if (Directory.Exists(path))
        {
            return "it is a folder.";
        }

        return cause is DirectoryNotFoundException or { InnerException: DirectoryNotFoundException }
            && Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && !Directory.Exists(folder)
            ? $"there is no folder '{folder}'."
            : $"{cause.Message.TrimEnd('.')}.";
    }

    /// <summary>Whether an exception is about a file or its name.</summary>
    public static bool IsOne(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
