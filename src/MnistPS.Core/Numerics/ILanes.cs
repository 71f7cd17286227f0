namespace MnistPS.Numerics;

/// <summary>
/// The vector operations that the kernels are written in. Each kernel has one source; the register width (512, 256 or 128 bits, or one value) is a type,
/// and the JIT compiles a copy for it.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <typeparam name="TVector">The register type.</typeparam>
internal unsafe interface ILanes<T, TVector>
    where T : unmanaged
    where TVector : struct
{
    /// <summary>Values in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Registers that a kernel may use.</summary>
    static abstract int Registers { get; }

    static abstract TVector Broadcast(T value);

    static abstract TVector Load(T* source);

    static abstract void Store(TVector value, T* target);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Subtract(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    static abstract TVector Divide(TVector left, TVector right);

    static abstract TVector Sqrt(TVector value);

    /// <summary><paramref name="left"/> · <paramref name="right"/> + <paramref name="addend"/>, in one rounding where the processor can.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary><paramref name="value"/> where <paramref name="left"/> &gt; <paramref name="right"/>, else <paramref name="other"/>.</summary>
    static abstract TVector WhereGreater(TVector left, TVector right, TVector value, TVector other);

    /// <summary><paramref name="value"/> where <paramref name="left"/> equals <paramref name="right"/>, else <paramref name="other"/>.</summary>
    static abstract TVector WhereEqual(TVector left, TVector right, TVector value, TVector other);

    static abstract T Sum(TVector value);
}
