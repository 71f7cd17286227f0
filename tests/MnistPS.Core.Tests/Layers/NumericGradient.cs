using MnistPS.Execution;
using MnistPS.Losses;
using MnistPS.Networks;
using MnistPS.Numerics;
using MnistPS.Tensors;

namespace MnistPS.Tests;

/// <summary>The summed loss of a batch as a function of a network's parameters, and its derivatives.</summary>
internal sealed unsafe class NumericGradient
{
    private const double Step = 1e-4;

    private readonly ImageSet _images;
    private readonly int _seed;
    private readonly LossKind _kind;
    private readonly Model<double> _model;
    private readonly Loss<double> _loss;
    private readonly double[][] _values;
    private readonly ParameterDefinition[] _parameters;

    /// <summary>A network with random values everywhere: small weights, and scales around 1.</summary>
    public NumericGradient(NetworkDefinition definition, ImageSet images, int seed)
    {
        _images = images;
        _seed = seed;
        _kind = definition.Loss;
        _model = new Model<double>(definition, images.Count, isTraining: true);
        _loss = Loss<double>.Create(definition.Loss, definition.LabelSmoothing);
        _parameters = [.. definition.Parameters];
        Random random = new(seed);
        _values =
        [
            .. _parameters.Select(parameter =>
            {
                double range = parameter.Role == ParameterRole.Weights ? Math.Sqrt(6.0 / parameter.Inputs) : 0.3;
                double center = parameter.Role is ParameterRole.Scale or ParameterRole.RunningVariance ? 1 : 0;
                return Enumerable.Range(0, parameter.Count).Select(_ => center + range * (2 * random.NextDouble() - 1)).ToArray();
            }),
        ];
        foreach (Parameter<double> parameter in _model.Parameters.Where(parameter => parameter.IsTrained))
        {
            parameter.SeparateGradients();
        }
    }

    /// <summary>The rounding error of a difference quotient: some last digits of the loss, divided by the step.</summary>
    public double Rounding => 100 * Math.ScaleB(1, -52) * (1 + Error()) / Step;

    /// <summary>The gradients of the backward pass, parameter by parameter; 0 for parameters that are not trained.</summary>
    public double[][] Analytic()
    {
        Batch<double> batch = Begin();
        _model.Forward(batch, (from, to) =>
        {
            for (int image = from; image < to; image++)
            {
                _loss.Gradient(_model.Outputs(image), batch.LabelOf(image), 1, _model.OutputGradients(image));
            }
        });
        _model.Backward(batch);
        return
        [
            .. _model.Parameters.Select(parameter =>
            {
                double[] gradients = new double[parameter.Count];
                if (parameter.IsTrained)
                {
                    parameter.Store(parameter.Target, gradients);
                }

                return gradients;
            }),
        ];
    }

    /// <summary>
    /// The derivative with respect to one value by central differences at two widths, extrapolated (Richardson). It is null where the two disagree, since
    /// a ReLU or a maximum has a kink between them.
    /// </summary>
    public double? At(int parameter, int place)
    {
        if (!_parameters[parameter].IsTrained)
        {
            return 0;
        }

        double wide = Central(parameter, place, Step);
        double narrow = Central(parameter, place, Step / 2);
        return Math.Abs(wide - narrow) <= 1e-5 * Math.Abs(narrow) + 1e-8 ? (4 * narrow - wide) / 3 : null;
    }

    private double Central(int parameter, int place, double step)
    {
        double value = _values[parameter][place];
        _values[parameter][place] = value + step;
        double above = Error();
        _values[parameter][place] = value - step;
        double below = Error();
        _values[parameter][place] = value;
        return (above - below) / (2 * step);
    }

    private double Error()
    {
        Batch<double> batch = Begin();
        _model.Forward(batch);
        double error = 0;
        for (int image = 0; image < batch.Count; image++)
        {
            error += _loss.Error(_model.Outputs(image), batch.LabelOf(image));
        }

        // Training descends half of the squared error.
        return _kind == LossKind.SquaredError ? error / 2 : error;
    }

    private Batch<double> Begin()
    {
        // The same generator each time, so the same dropout.
        using Workers workers = new(1);
        Batch<double> batch = new(_images.Count, workers) { IsTraining = true, Generator = new NumPyGenerator((ulong)_seed) };
        batch.Take(_images, null, 0, _images.Count);
        _model.Load(_values);
        return batch;
    }
}
