using System.Runtime.InteropServices;

namespace MnistPS.Numerics;

/// <summary>
/// A number as a type, the size of a struct in bytes, so that the JIT specializes a kernel for it. Sizes are constants from the start, so that dead
/// branches are never compiled; a property must be inlined first, which makes a kernel's compilation a fifth longer.
/// </summary>
internal interface ICount;

[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct One : ICount;

[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct Two : ICount;

[StructLayout(LayoutKind.Sequential, Size = 3)]
internal readonly struct Three : ICount;

[StructLayout(LayoutKind.Sequential, Size = 4)]
internal readonly struct Four : ICount;

[StructLayout(LayoutKind.Sequential, Size = 5)]
internal readonly struct Five : ICount;

[StructLayout(LayoutKind.Sequential, Size = 6)]
internal readonly struct Six : ICount;

[StructLayout(LayoutKind.Sequential, Size = 7)]
internal readonly struct Seven : ICount;

[StructLayout(LayoutKind.Sequential, Size = 8)]
internal readonly struct Eight : ICount;

[StructLayout(LayoutKind.Sequential, Size = 9)]
internal readonly struct Nine : ICount;

[StructLayout(LayoutKind.Sequential, Size = 10)]
internal readonly struct Ten : ICount;

[StructLayout(LayoutKind.Sequential, Size = 11)]
internal readonly struct Eleven : ICount;

[StructLayout(LayoutKind.Sequential, Size = 12)]
internal readonly struct Twelve : ICount;

[StructLayout(LayoutKind.Sequential, Size = 13)]
internal readonly struct Thirteen : ICount;

[StructLayout(LayoutKind.Sequential, Size = 14)]
internal readonly struct Fourteen : ICount;

[StructLayout(LayoutKind.Sequential, Size = 15)]
internal readonly struct Fifteen : ICount;

[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly struct Sixteen : ICount;
