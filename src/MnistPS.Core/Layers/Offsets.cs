using MnistPS.Numerics;

namespace MnistPS.Layers;

/// <summary>Tables of where the rows or the runs of an <see cref="Operand{T}"/> lie.</summary>
internal static unsafe class Offsets
{
    /// <summary>A table of so many offsets.</summary>
    public static Buffer<int> Create(int count, Func<int, int> offset)
    {
        Buffer<int> table = new(count);
        for (int i = 0; i < count; i++)
        {
            table.Pointer[i] = offset(i);
        }

        return table;
    }
}
