using Google.Protobuf;
using MnistPS.Formats;
using MnistPS.Networks;
using Onnx;

namespace MnistPS.Onnx;

/// <summary>Writes and reads ONNX models. The module creates it by its name.</summary>
public sealed class OnnxFile : INetworkFile
{
    /// <summary>The maximum bytes of a Protocol Buffers message (protobuf.dev/programming-guides/proto-limits).</summary>
    internal const long MostBytes = int.MaxValue;

    /// <inheritdoc/>
    void INetworkFile.Write(MnistNetwork network, string path, bool replace, CancellationToken cancellation)
    {
        NetworkState state = network.State;

        // An ONNX file has 32 bits per value, in either precision of the network. A network is too small to reach the format's limit.
        NetworkFile.RequireSound(network.Definition, state with { Precision = Precision.Single, Optimizer = null }, null, path, cancellation);
        ModelProto model = OnnxWriter.Write(network, state, cancellation);
        AtomicFile.Write(path, replace, FileRole.Network, stream =>
        {
            using StoppableStream target = new(stream, cancellation);
            model.WriteTo(target);
        });
    }

    /// <inheritdoc/>
    MnistNetwork INetworkFile.Read(string path, string[]? layers, CancellationToken cancellation)
    {
        if (layers is not null)
        {
            throw NetworkFile.WithLayers(path);
        }

        try
        {
            return new OnnxReader(Parse(path, cancellation), path, cancellation).Read();
        }
        catch (FormatException e)
        {
            throw new MnistException("NotANetworkFile", Fault.InvalidData,
                $"'{path}' is no ONNX model, or is damaged: {e.Message} Export the model again.", path, e);
        }
    }

    private static ModelProto Parse(string path, CancellationToken cancellation)
    {
        try
        {
            using FileStream file = SpecialFile.OpenFile(path);
            if (file.Length > MostBytes)
            {
                throw new FormatException($"It has {file.Length} bytes, and a model has at most {MostBytes}.");
            }

            using StoppableStream source = new(file, cancellation);
            return ModelProto.Parser.ParseFrom(source);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new FormatException(e.Message, e);
        }
        catch (Exception e) when (FileFault.IsOne(e))
        {
            throw FileRole.Network.NotReadable(path, e);
        }
    }
}
