namespace MnistPS.Formats;

/// <summary>A format of network files.</summary>
internal enum NetworkFormat
{
    /// <summary>safetensors: a network with the state of its training (<see cref="NetworkFile"/>), or weights of another program.</summary>
    Safetensors,

    /// <summary>npz: the same for NumPy (<see cref="NpzNetwork"/>), or weights of NumPy.</summary>
    Npz,

    /// <summary>ONNX: a network for other programs, or one of theirs.</summary>
    Onnx,
}
