namespace MnistPS.Training;
internal sealed class Augmenter { private readonly int _n; public Augmenter(IReadOnlyList<Augmentation> kinds) { _n=kinds.Count; } public void Apply(ReadOnlySpan<byte> image, Span<byte> target, ulong key) { if(_n>=0) image.CopyTo(target); } }
