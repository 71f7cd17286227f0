namespace MnistPS.Formats;

/// <summary>A format of files that hold a network.</summary>
internal enum NetworkFormat
{
    /// <summary>safetensors: a network with all that it has learned (<see cref="NetworkFile"/>), or another program's weights.</summary>
    Safetensors,

    /// <summary>ONNX: a network to run elsewhere, or one from there.</summary>
    Onnx,
}
