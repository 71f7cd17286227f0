using System.Numerics;
using MnistPS.Numerics;

namespace MnistPS.Tensors;

/// <summary>Grey values as numbers: 0 to 255 divided by 255, as in the tutorial.</summary>
internal static unsafe class GreyScale<T>
    where T : unmanaged, INumber<T>
{
    /// <summary>A table of the 256 quotients.</summary>
    public static Buffer<T> Create()
    {
        Buffer<T> table = new(256);
        for (int grey = 0; grey < 256; grey++)
        {
            table.Pointer[grey] = T.CreateTruncating(grey / 255.0);
        }

        return table;
    }
}
