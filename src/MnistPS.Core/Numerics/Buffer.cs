using System.Runtime.CompilerServices;

namespace MnistPS.Numerics;

/// <summary>
/// Values at a fixed address aligned to 64 bytes, zero at first. The length is rounded up to whole 64 bytes, so that a kernel may read and write the last
/// register whole.
/// </summary>
/// <typeparam name="T">The element type.</typeparam>
internal sealed unsafe class Buffer<T>
    where T : unmanaged
{
    private const int Alignment = 64;

    // The pinned heap never moves it, and the field keeps it alive.
    private readonly T[] _array;

    public Buffer(int length)
    {
        Length = Pad(length);
        _array = GC.AllocateArray<T>(checked(Length + Alignment / sizeof(T)), pinned: true);
        nint address = (nint)Unsafe.AsPointer(ref _array[0]);
        Pointer = (T*)((address + Alignment - 1) & ~(Alignment - 1));
    }

    /// <summary>Number of values, padding included.</summary>
    public int Length { get; }

    /// <summary>The first value. The address does not keep the buffer alive; the caller must.</summary>
    public T* Pointer { get; }

    /// <summary>All values.</summary>
    public Span<T> Span => new(Pointer, Length);

    /// <summary>A count rounded up to whole 64 bytes.</summary>
    public static int Pad(int count)
    {
        int unit = Alignment / sizeof(T);
        return checked(count + unit - 1) / unit * unit;
    }
}
