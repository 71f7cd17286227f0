using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistPS.Numerics;

/// <summary>Registers of 512 bits.</summary>
internal unsafe readonly struct Lanes512<T> : ILanes<T, Vector512<T>>
    where T : unmanaged
{
    public static int Count => Vector512<T>.Count;

    public static int Registers => 32;

    public static Vector512<T> Broadcast(T value) => Vector512.Create(value);

    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    public static void Store(Vector512<T> value, T* target) => value.Store(target);

    public static Vector512<T> Add(Vector512<T> left, Vector512<T> right) => left + right;

    public static Vector512<T> Subtract(Vector512<T> left, Vector512<T> right) => left - right;

    public static Vector512<T> Multiply(Vector512<T> left, Vector512<T> right) => left * right;

    public static Vector512<T> Divide(Vector512<T> left, Vector512<T> right) => left / right;

    public static Vector512<T> Sqrt(Vector512<T> value) => Vector512.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> left, Vector512<T> right, Vector512<T> addend)
        => typeof(T) == typeof(float)
            ? Vector512.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector512.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    public static Vector512<T> WhereGreater(Vector512<T> left, Vector512<T> right, Vector512<T> value, Vector512<T> other)
        => Vector512.ConditionalSelect(Vector512.GreaterThan(left, right), value, other);

    public static Vector512<T> WhereEqual(Vector512<T> left, Vector512<T> right, Vector512<T> value, Vector512<T> other)
        => Vector512.ConditionalSelect(Vector512.Equals(left, right), value, other);

    public static T Sum(Vector512<T> value) => Vector512.Sum(value);
}
