using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>The sizes of a parameter's dimensions.</summary>
public sealed class ParameterShape : ReadOnlyCollection<int>
{
    internal ParameterShape(int[] sizes)
        : base(sizes)
    {
    }

    /// <summary>The shape as NumPy writes it, such as <c>(100, 784)</c> or <c>(100,)</c>.</summary>
    public override string ToString() => Count == 1 ? $"({this[0]},)" : $"({string.Join(", ", this)})";
}
