namespace MnistPS.Formats;

/// <summary>A format of files that hold a network.</summary>
internal enum NetworkFormat
{
    /// <summary>safetensors: a network with all that it has learned (<see cref="NetworkFile"/>), or another program's weights.</summary>
    Safetensors,

    /// <summary>npz: the same for NumPy (<see cref="NpzNetwork"/>), or what NumPy has written.</summary>
    Npz,

    /// <summary>ONNX: a network to run elsewhere, or one from there.</summary>
    Onnx,
}
