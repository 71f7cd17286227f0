using System.Numerics;
using MnistPS.Layers;
using MnistPS.Numerics;

namespace MnistPS.Optimizers;

/// <summary>Moves parameters against their gradients. It may keep numbers of its own for each parameter (moments).</summary>
internal abstract unsafe class Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OptimizerKind _kind;
    private readonly Parameter<T>[] _parameters;
    private readonly Buffer<T>[][] _moments;
    private readonly Action<int, int>[] _steps;

    /// <summary>An optimizer for parameters.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="parameters">What it moves.</param>
    /// <param name="momentCount">Numbers that it keeps for each number of a parameter.</param>
    protected Optimizer(OptimizerKind kind, IEnumerable<Parameter<T>> parameters, int momentCount)
    {
        _kind = kind;
        _parameters = [.. parameters];
        _moments = [.. _parameters.Select(p => Enumerable.Range(0, momentCount).Select(_ => new Buffer<T>(p.Length)).ToArray())];
        _steps = [.. Enumerable.Range(0, _parameters.Length).Select<int, Action<int, int>>(i => (from, to) => Move(i, from, to))];
    }

    /// <summary>Steps taken so far.</summary>
    public long StepCount { get; private set; }

    /// <summary>The kernels.</summary>
    protected Kernels<T> Kernels { get; } = Kernels<T>.Best;

    /// <summary>The learning rate of the step under way.</summary>
    protected double LearningRate { get; private set; }

    /// <summary>The optimizer of a kind.</summary>
    public static Optimizer<T> Create(OptimizerKind kind, IEnumerable<Parameter<T>> parameters, double weightDecay) => kind switch
    {
        _ when MovesInPlace(kind, weightDecay) => new Sgd<T>(kind, parameters),
        OptimizerKind.Sgd => new Momentum<T>(kind, parameters, 0, weightDecay, lookAhead: false),
        OptimizerKind.Momentum => new Momentum<T>(kind, parameters, 0.9, weightDecay, lookAhead: false),
        OptimizerKind.Nesterov => new Momentum<T>(kind, parameters, 0.9, weightDecay, lookAhead: true),
        OptimizerKind.Adam => new Adam<T>(kind, parameters, weightDecay, isDecoupled: false),
        OptimizerKind.AdamW => new Adam<T>(kind, parameters, weightDecay, isDecoupled: true),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Whether an optimizer of a kind lets the layers add to the parameters themselves.</summary>
    public static bool MovesInPlace(OptimizerKind kind, double weightDecay) => kind == OptimizerKind.Sgd && weightDecay == 0;

    /// <summary>
    /// What the loss's gradient must be multiplied by: 1, or −rate where gradients are added to the parameters as they arise.
    /// </summary>
    public virtual double GradientFactor(double learningRate) => 1;

    /// <summary>Moves the parameters once.</summary>
    public void Step(double learningRate, Workers workers)
    {
        LearningRate = learningRate;
        StepCount++;
        for (int i = 0; i < _parameters.Length; i++)
        {
            if (!_parameters[i].IsInPlace)
            {
                workers.For(_parameters[i].Cuts.Count - 1, 4L * _parameters[i].Length, _steps[i]);
            }

            _parameters[i].Touch();
        }
    }

    /// <summary>What it keeps, in the order and the precision in which a network keeps its numbers.</summary>
    public OptimizerState Store()
    {
        double[][] moments = [.. _parameters.Zip(_moments).SelectMany(pair => pair.Second.Select(moment =>
        {
            double[] numbers = new double[pair.First.Count];
            pair.First.Store(moment.Pointer, numbers);
            return numbers;
        }))];
        return new OptimizerState(_kind, StepCount, moments);
    }

    /// <summary>Goes on from what an optimizer of the same kind kept; what another kind kept is of no use and passed over.</summary>
    public void TryLoad(OptimizerState? state)
    {
        if (state?.Kind != _kind || state.Moments.Length != _moments.Sum(moments => moments.Length))
        {
            return;
        }

        StepCount = state.StepCount;
        int next = 0;
        for (int i = 0; i < _parameters.Length; i++)
        {
            foreach (Buffer<T> moment in _moments[i])
            {
                _parameters[i].Load(state.Moments[next++], moment.Pointer);
            }
        }
    }

    /// <summary>Moves a run of numbers.</summary>
    protected abstract void Move(T* values, T* gradients, Buffer<T>[] moments, nint start, nint count);

    /// <summary>Gives a parameter's gradient a place of its own, for an optimizer that needs it whole.</summary>
    protected static Parameter<T> Separate(Parameter<T> parameter)
    {
        parameter.SeparateGradients();
        return parameter;
    }

    private void Move(int i, int from, int to)
    {
        Parameter<T> parameter = _parameters[i];
        int start = parameter.Cuts[from];
        Move(parameter.Values, parameter.Target, _moments[i], start, parameter.Cuts[to] - start);
    }
}
