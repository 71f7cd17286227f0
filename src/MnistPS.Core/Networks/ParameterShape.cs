using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>The sizes of a parameter's dimensions. No list itself, since PowerShell would make its text of the sizes alone.</summary>
public sealed class ParameterShape
{
    internal ParameterShape(int[] sizes) => Sizes = Array.AsReadOnly(sizes);

    /// <summary>The sizes, one a dimension.</summary>
    public ReadOnlyCollection<int> Sizes { get; }

    /// <summary>The shape as NumPy writes it, such as <c>(100, 784)</c> or <c>(100,)</c>.</summary>
    public override string ToString() => Sizes.Count == 1 ? $"({Sizes[0]},)" : $"({string.Join(", ", Sizes)})";
}
