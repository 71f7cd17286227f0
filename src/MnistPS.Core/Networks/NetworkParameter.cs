using MnistPS.Networks;
using MnistPS.Tensors;

namespace MnistPS;

/// <summary>A parameter of a layer: weights, biases, scales, shifts or running statistics.</summary>
public sealed class NetworkParameter
{
    private readonly MnistNetwork _network;
    private readonly NetworkTensor _tensor;
    private readonly int _place;

    internal NetworkParameter(MnistNetwork network, NetworkTensor tensor, int place)
    {
        _network = network;
        _tensor = tensor;
        _place = place;
        Shape = new ParameterShape(tensor.Shape);
    }

    /// <summary>Its name in a network file: the index of the layer and the name there, such as <c>0.weight</c>.</summary>
    public string Name => _tensor.Name;

    /// <summary>Its shape in PyTorch: (outputs, inputs) of a dense layer, (outputs, inputs, rows, columns) of a convolution.</summary>
    public ParameterShape Shape { get; }

    /// <summary>
    /// A copy of its values, row by row, as of the network's last whole epoch. Assigned values replace them: to change some, change the copy and
    /// assign it. The network computes with them in its precision. The optimizer's moments do not change.
    /// </summary>
    /// <exception cref="MnistException">
    /// Assigned values have another count (<c>WrongParameterLength</c>), or one is not finite, does not fit into single precision if the network
    /// computes in it, or is a variance below 0 (<c>ParameterOutOfRange</c>); or the network is being trained (<c>NetworkInTraining</c>).
    /// </exception>
    public double[] Values
    {
        get => _tensor.ToFile(_network.State.Values[_place], CancellationToken.None);
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            _network.BeginTraining();
            try
            {
                Check(value);
                double[][] values = [.. _network.State.Values];
                values[_place] = _tensor.FromFile([.. value], CancellationToken.None);
                _network.State = _network.State with { Values = values };
            }
            finally
            {
                _network.EndTraining();
            }
        }
    }

    /// <summary>The name and the shape, such as <c>0.weight (100, 784)</c>.</summary>
    public override string ToString() => $"{Name} {Shape}";

    private void Check(double[] values)
    {
        if (values.Length != _tensor.Count)
        {
            throw new MnistException("WrongParameterLength", Fault.InvalidArgument,
                $"{Name} has the shape {Shape}, and {values.Length} numbers were given; {_tensor.Count} were expected, row by row.", values.Length);
        }

        double most = _network.Precision == Precision.Single ? float.MaxValue : double.MaxValue;
        double least = _tensor.IsNonNegative ? 0 : -most;
        int bad = Array.FindIndex(values, value => !(value >= least && value <= most));
        if (bad >= 0)
        {
            throw new MnistException("ParameterOutOfRange", Fault.InvalidArgument, FormattableString.Invariant(
                $"Number {bad} for {Name} is {values[bad]}; a number from {least:G3} to {most:G3} was expected."), values[bad]);
        }
    }
}
