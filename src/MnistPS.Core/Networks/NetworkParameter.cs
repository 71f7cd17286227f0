using System.Globalization;
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
    /// Assigned values are null or have another count (<c>WrongParameterLength</c>), or one is not finite, does not fit into single precision if the network
    /// computes in it, or is a variance below 0 (<c>ParameterOutOfRange</c>); or the network is being trained (<c>NetworkInTraining</c>).
    /// </exception>
    public double[] Values
    {
        get => _tensor.ToFile(_network.State.Values[_place], CancellationToken.None);
        set
        {
            _network.BeginTraining();
            try
            {
                Check(value ?? throw Unfit("nothing was given"));
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

    /// <summary>Replaces its values by those of another parameter, or by an array of numbers of its shape or row by row.</summary>
    /// <exception cref="MnistException">
    /// They have another shape or are no numbers (<c>WrongParameterLength</c>), or as for <see cref="Values"/>.
    /// </exception>
    internal void Assign(object? values) => Values = values switch
    {
        NetworkParameter other => other.Shape.Sizes.SequenceEqual(Shape.Sizes) ? other.Values : throw Unfit($"'{other}' was given"),
        Array array => array.Rank == 1 || Enumerable.Range(0, array.Rank).Select(array.GetLength).SequenceEqual(Shape.Sizes)
            ? [.. array.Cast<object?>().Select(NumberOf)]
            : throw Unfit($"an array of ({string.Join(", ", Enumerable.Range(0, array.Rank).Select(array.GetLength))}) was given"),
        _ => throw Unfit($"{(values is null ? "nothing" : $"a {values.GetType()}")} was given"),
    };

    private double NumberOf(object? item, int position)
    {
        // A script's number can be wrapped in an object of the engine, whose text is that of the number.
        object? bare = item is null or IConvertible ? item : Convert.ToString(item, CultureInfo.InvariantCulture);
        return bare switch
        {
            string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) => number,
            null or string or bool or char or DateTime or DBNull => throw Unfit($"'{item}' was given in place {position}"),
            _ => Convert.ToDouble(bare, CultureInfo.InvariantCulture),
        };
    }

    private MnistException Unfit(string given) => new("WrongParameterLength", Fault.InvalidArgument,
        $"{Name} has the shape {Shape}, and {given}; {_tensor.Count} numbers were expected, row by row.", given);

    private void Check(double[] values)
    {
        if (values.Length != _tensor.Count)
        {
            throw Unfit($"{values.Length} numbers were given");
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
