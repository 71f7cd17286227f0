using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>The sizes of a parameter's dimensions. It is no list, since PowerShell would show only the sizes.</summary>
public sealed class ParameterShape
{
    internal ParameterShape(int[] sizes) => Sizes = Array.AsReadOnly(sizes);

    /// <summary>The sizes, one per dimension.</summary>
    public ReadOnlyCollection<int> Sizes { get; }

    /// <summary>The shape in NumPy's notation, such as <c>(100, 784)</c> or <c>(100,)</c>.</summary>
    public override string ToString() => Sizes.Count == 1 ? $"({Sizes[0]},)" : $"({string.Join(", ", Sizes)})";
}
