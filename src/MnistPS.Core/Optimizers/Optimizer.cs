using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;
using MnistPS.Tensors;
using MnistPS.Training;

namespace MnistPS.Optimizers;

/// <summary>Moves parameters against their gradients. It may keep numbers of its own for each parameter (moments).</summary>
internal abstract unsafe class Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OptimizerKind _kind;
    private readonly Parameter<T>[] _parameters;
    private readonly Buffer<T>[][] _moments;

    /// <summary>An optimizer for parameters.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="parameters">What it moves.</param>
    /// <param name="momentCount">Numbers that it keeps for each number of a parameter.</param>
    /// <param name="isInPlace">Whether layers add to the parameters themselves, and it has nothing to move.</param>
    protected Optimizer(OptimizerKind kind, IEnumerable<Parameter<T>> parameters, int momentCount, bool isInPlace = false)
    {
        _kind = kind;
        _parameters = [.. parameters];
        _moments = [.. _parameters.Select(p => Enumerable.Range(0, momentCount).Select(_ => new Buffer<T>(p.Length)).ToArray())];
        foreach ((Parameter<T> parameter, Buffer<T>[] moments) in isInPlace ? [] : _parameters.Zip(_moments))
        {
            parameter.SeparateGradients((start, count) => Move(parameter.Values, parameter.Target, moments, start, count));
        }
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

    /// <summary>Begins a step: from now on a number moves as soon as its layer knows its gradient (<see cref="Parameter{T}.Move"/>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void Begin(double learningRate)
    {
        LearningRate = learningRate;
        StepCount++;
        foreach (Parameter<T> parameter in _parameters)
        {
            parameter.Touch();
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

    /// <summary>Moves a run of numbers; threads move other runs meanwhile.</summary>
    protected abstract void Move(T* values, T* gradients, Buffer<T>[] moments, nint start, nint count);
}

/// <summary>What an optimizer keeps between two trainings of a network.</summary>
/// <param name="Kind">Its kind; another kind starts afresh.</param>
/// <param name="StepCount">Steps taken.</param>
/// <param name="Moments">Its numbers, parameter by parameter.</param>
internal sealed record OptimizerState(OptimizerKind Kind, long StepCount, double[][] Moments);
