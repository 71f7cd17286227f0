using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>The names of the ten labels of a set.</summary>
internal static class ClassNames
{
    private const int Count = 10;

    // Longer names would break tables.
    private const int Longest = 40;

    /// <summary>The digits.</summary>
    public static ReadOnlyCollection<string> Digits { get; } = Array.AsReadOnly(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"]);

    /// <summary>Fashion-MNIST's, from github.com/zalandoresearch/fashion-mnist.</summary>
    public static ReadOnlyCollection<string> Fashion { get; } = Array.AsReadOnly(
        ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"]);

    /// <summary>Kuzushiji-MNIST's hiragana, from github.com/rois-codh/kmnist.</summary>
    public static ReadOnlyCollection<string> Kuzushiji { get; } = Array.AsReadOnly(["お", "き", "す", "つ", "な", "は", "ま", "や", "れ", "を"]);

    /// <summary>Whether names are the digits.</summary>
    public static bool AreDigits(IReadOnlyList<string> names) => ReferenceEquals(names, Digits) || names.SequenceEqual(Digits);

    /// <summary>
    /// The name of a label in a picture. Letters other than Latin have the label in front, since some systems have no font for them.
    /// </summary>
    public static string InPicture(IReadOnlyList<string> names, int label)
        => names[label].All(letter => letter < '\u0250') ? names[label] : $"{Digits[label]} {names[label]}";

    /// <summary>Checks the names of a caller and returns them.</summary>
    /// <exception cref="MnistException">They are not ten different ones of 1 to 40 characters without line breaks (<c>ClassNamesDoNotFit</c>).</exception>
    public static ReadOnlyCollection<string> Of(IReadOnlyList<string> names)
    {
        string? fault = names.Count != Count ? $"there are {names.Count}"
            : names.FirstOrDefault(name => string.IsNullOrWhiteSpace(name) || name.Length > Longest || name.Any(char.IsControl)) is { } bad ? $"'{bad}' is one"
            : names.Any(name => name is null) ? "one is null"
            : names.GroupBy(name => name).FirstOrDefault(group => group.Count() > 1) is { } twice ? $"'{twice.Key}' comes more than once"
            : null;
        return fault is null
            ? Array.AsReadOnly(names.ToArray())
            : throw new MnistException("ClassNamesDoNotFit", Fault.InvalidArgument,
                $"The names of classes do not fit: {fault}. Ten different ones were expected, a label each from 0 on, of 1 to {Longest} characters.", names);
    }
}
