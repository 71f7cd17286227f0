namespace MnistPS.Onnx;

/// <summary>What a dimension of a signal, or a factor of one, runs over.</summary>
internal enum Axis
{
    Channel,
    Row,
    Column,
}
