namespace MnistPS;

/// <summary>What a message says of a file that the system refuses.</summary>
internal static class FileFault
{
    /// <summary>Why a file cannot be used, as a clause that ends in a full stop.</summary>
    public static string Reason(string path, Exception cause)
        => Directory.Exists(path) ? "it is a folder." : $"{cause.Message.TrimEnd('.')}.";

    /// <summary>Whether an exception is the system's word on a file or on its name.</summary>
    public static bool IsOne(Exception e) => e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;
}
