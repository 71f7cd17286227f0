using System.Numerics;

namespace MnistPS;

/// <summary>A point that the pen passes through.</summary>
/// <param name="Position">Where, on paper where a digit is about 100 high; y is down.</param>
/// <param name="IsCorner">Whether the pen turns sharply here.</param>
internal readonly record struct GlyphPoint(Vector2 Position, bool IsCorner);
