namespace MnistPS.Onnx;

/// <summary>An axis of a signal: a dimension, or a factor of one.</summary>
internal enum Axis
{
    Channel,
    Row,
    Column,
}
