using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MnistPS.Numerics;

/// <summary>Registers of 128 bits.</summary>
internal unsafe readonly struct Lanes128<T> : ILanes<T, Vector128<T>>
    where T : unmanaged
{
    public static int Count => Vector128<T>.Count;

    public static int Registers => 16;

    public static Vector128<T> Broadcast(T value) => Vector128.Create(value);

    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    public static void Store(Vector128<T> value, T* target) => value.Store(target);

    public static Vector128<T> Add(Vector128<T> left, Vector128<T> right) => left + right;

    public static Vector128<T> Subtract(Vector128<T> left, Vector128<T> right) => left - right;

    public static Vector128<T> Multiply(Vector128<T> left, Vector128<T> right) => left * right;

    public static Vector128<T> Divide(Vector128<T> left, Vector128<T> right) => left / right;

    public static Vector128<T> Sqrt(Vector128<T> value) => Vector128.Sqrt(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> left, Vector128<T> right, Vector128<T> addend)
        => typeof(T) == typeof(float)
            ? Vector128.MultiplyAddEstimate(left.AsSingle(), right.AsSingle(), addend.AsSingle()).As<float, T>()
            : Vector128.MultiplyAddEstimate(left.AsDouble(), right.AsDouble(), addend.AsDouble()).As<double, T>();

    public static Vector128<T> WhereGreater(Vector128<T> left, Vector128<T> right, Vector128<T> value, Vector128<T> other)
        => Vector128.ConditionalSelect(Vector128.GreaterThan(left, right), value, other);

    public static Vector128<T> WhereEqual(Vector128<T> left, Vector128<T> right, Vector128<T> value, Vector128<T> other)
        => Vector128.ConditionalSelect(Vector128.Equals(left, right), value, other);

    public static T Sum(Vector128<T> value) => Vector128.Sum(value);
}
