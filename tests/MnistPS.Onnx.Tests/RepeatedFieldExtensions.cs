using Google.Protobuf.Collections;

namespace MnistPS.Tests;

internal static class RepeatedFieldExtensions
{
    /// <summary>Puts other numbers in the place of those that are there.</summary>
    public static void ReplaceAll(this RepeatedField<long> field, params long[] numbers)
    {
        field.Clear();
        field.Add(numbers);
    }
}
