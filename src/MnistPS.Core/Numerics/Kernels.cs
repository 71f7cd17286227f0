using System.Numerics;
using System.Runtime.Intrinsics;

namespace MnistPS.Numerics;

/// <summary>
/// The inner loops of training, behind one virtual call each. Pointers are to rows padded to 64 bytes (<see cref="Buffer{T}"/>), so that a kernel always
/// works on whole registers.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
internal abstract unsafe partial class Kernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The kernels for the widest registers of this processor.</summary>
    public static Kernels<T> Best { get; } =
        Vector512.IsHardwareAccelerated ? new Kernels<T, Vector512<T>, Lanes512<T>>()
        : Vector256.IsHardwareAccelerated ? new Kernels<T, Vector256<T>, Lanes256<T>>()
        : Vector128.IsHardwareAccelerated ? new Kernels<T, Vector128<T>, Lanes128<T>>()
        : new Kernels<T, T, LanesScalar<T>>();

    /// <summary>Bits of a register: 512, 256 or 128, or those of one value.</summary>
    public abstract int RegisterBits { get; }
}

/// <summary>The kernels for one register width.</summary>
internal sealed unsafe partial class Kernels<T, TVector, TLanes> : Kernels<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
    where TVector : struct
    where TLanes : ILanes<T, TVector>
{
    /// <inheritdoc/>
    public override int RegisterBits => 8 * sizeof(T) * TLanes.Count;
}
