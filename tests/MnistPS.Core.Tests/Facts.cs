using System.Text.Json;

namespace MnistPS.Tests;

/// <summary>Expected values from other programs, embedded as files. Beside each one is the script that computes it.</summary>
internal static class Facts
{
    private static readonly JsonSerializerOptions _snakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static T Read<T>(string name)
    {
        using Stream file = Open(name);
        return JsonSerializer.Deserialize<T>(file, _snakeCase)!;
    }

    public static string[] ReadLines(string name)
    {
        using StreamReader file = new(Open(name));
        return file.ReadToEnd().TrimEnd().Split('\n');
    }

    private static Stream Open(string name) => typeof(Facts).Assembly.GetManifestResourceStream(name)!;
}
