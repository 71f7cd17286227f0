using System.Numerics;

namespace MnistPS.Numerics;

/// <summary>One value at a time, for a processor without vectors.</summary>
internal unsafe readonly struct LanesScalar<T> : ILanes<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int Count => 1;

    public static int Registers => 16;

    public static T Broadcast(T value) => value;

    public static T Load(T* source) => *source;

    public static void Store(T value, T* target) => *target = value;

    public static T Add(T left, T right) => left + right;

    public static T Subtract(T left, T right) => left - right;

    public static T Multiply(T left, T right) => left * right;

    public static T Divide(T left, T right) => left / right;

    public static T Sqrt(T value) => T.Sqrt(value);

    public static T MultiplyAdd(T left, T right, T addend) => T.MultiplyAddEstimate(left, right, addend);

    public static T WhereGreater(T left, T right, T value, T other) => left > right ? value : other;

    public static T WhereEqual(T left, T right, T value, T other) => left == right ? value : other;

    public static T Sum(T value) => value;
}
