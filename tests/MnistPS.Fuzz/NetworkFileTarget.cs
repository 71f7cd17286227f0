using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MnistPS.Formats;
using MnistPS.Networks;
using MnistPS.Training;

namespace MnistPS.Fuzz;

/// <summary>Network files, with a digest that is corrected after the mutation.</summary>
public sealed class NetworkFileTarget : SafetensorsTarget
{
    private static readonly string _path = Path.Combine(Use.Folder, "input");
    private static readonly byte[] _beforeDigest = Encoding.ASCII.GetBytes("\"mnistps.sha256\":\"");

    private readonly byte[][] _sound;

    /// <summary>Creates the target and its valid inputs.</summary>
    public NetworkFileTarget() => _sound = [.. Create()];

    /// <inheritdoc/>
    public override string Name => "network";

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Sound() => _sound;

    private static IEnumerable<byte[]> Create()
    {
        MnistDataset digits = SyntheticDigits.DrawDataset(1, 20, 10, CancellationToken.None);
        foreach (string words in (string[])["pool 14,dense 10", "pool 9,batchnorm,dense 3,batchnorm,relu,dense 10"])
        {
            MnistNetwork network = new(new NetworkOptions { Layers = words.Split(',') }.Define(), 1);
            yield return Write(network);
            _ = Trainer.Train(network, digits, TrainingOptions.For(network) with { Epochs = 2, BatchSize = 5 }, _ => { }, CancellationToken.None).Count();
            yield return Write(network);
        }
    }

    /// <inheritdoc/>
    public override byte[] Repair(byte[] input)
    {
        // A damaged header is nearly always refused. Every second input gets a valid one, so that the values are read.
        byte[] bytes = input.Length % 2 == 0 ? WithSoundHeader(input) : WithRightLength(input);
        int at = bytes.AsSpan().IndexOf(_beforeDigest);
        if (at < 0 || bytes.Length < at + _beforeDigest.Length + 64)
        {
            return input;
        }

        Span<byte> digest = bytes.AsSpan(at + _beforeDigest.Length, 64);
        digest.Fill((byte)'0');
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes)), digest);
        return bytes;
    }

    /// <inheritdoc/>
    public override bool Read(byte[] input)
    {
        File.WriteAllBytes(_path, input);
        MnistNetwork network = NetworkFile.Read(_path);
        if (Use.IsSmall(network.Definition))
        {
            Use.Network(network);
        }

        return true;
    }

    private byte[] WithSoundHeader(byte[] input)
    {
        byte[] sound = _sound[input.Length / 2 % _sound.Length];
        int header = sizeof(long) + (int)BinaryPrimitives.ReadInt64LittleEndian(sound);
        byte[] bytes = (byte[])sound.Clone();
        ReadOnlySpan<byte> numbers = input.AsSpan(Math.Max(0, input.Length - (sound.Length - header)));
        numbers.CopyTo(bytes.AsSpan(sound.Length - numbers.Length));
        return bytes;
    }

    private static byte[] Write(MnistNetwork network)
    {
        NetworkFile.Write(network, _path, replace: true);
        return File.ReadAllBytes(_path);
    }
}
