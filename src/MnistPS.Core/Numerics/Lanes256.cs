using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistPS.Numerics;

/// <summary>Registers of 256 bits.</summary>
internal unsafe readonly struct Lanes256<T> : ILanes<T, Vector256<T>>
    where T : unmanaged
{
    public static int Count => Vector256<T>.Count;

    public static int Registers => 16;

    public static Vector256<T> Broadcast(T value) => Vector256.Create(value);

    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    public static void Store(Vector256<T> value, T* target) => value.Store(target);

    public static Vector256<T> Add(Vector256<T> left, Vector256<T> right) => left + right;

    public static Vector256<T> Subtract(Vector256<T> left, Vector256<T> right) => left - right;

    public static Vector256<T> Multiply(Vector256<T> left, Vector256<T> right) => left * right;

    public static Vector256<T> Divide(Vector256<T> left, Vector256<T> right) => left / right;

    public static Vector256<T> Sqrt(Vector256<T> value) => Vector256.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> left, Vector256<T> right, Vector256<T> addend)
        => typeof(T) == typeof(float)
            ? Vector256.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector256.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    public static Vector256<T> WhereGreater(Vector256<T> left, Vector256<T> right, Vector256<T> value, Vector256<T> other)
        => Vector256.ConditionalSelect(Vector256.GreaterThan(left, right), value, other);

    public static Vector256<T> WhereEqual(Vector256<T> left, Vector256<T> right, Vector256<T> value, Vector256<T> other)
        => Vector256.ConditionalSelect(Vector256.Equals(left, right), value, other);

    public static T Sum(Vector256<T> value) => Vector256.Sum(value);
}
