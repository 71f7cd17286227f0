using System.Numerics;
using System.Runtime.CompilerServices;
using MnistPS.Numerics;
using MnistPS.Tensors;
using MnistPS.Training;

namespace MnistPS.Optimizers;

/// <summary>Updates parameters by their gradients. It may keep state for each parameter (moments).</summary>
internal abstract unsafe class Optimizer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly OptimizerKind _kind;
    private readonly Parameter<T>[] _parameters;
    private readonly Buffer<T>[][] _moments;

    /// <summary>An optimizer for parameters.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="momentCount">Moments for each value of a parameter.</param>
    /// <param name="isInPlace">Whether layers update the parameters themselves, so that it has nothing to do.</param>
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

    /// <summary>The learning rate of the current step.</summary>
    protected double LearningRate { get; private set; }

    /// <summary>Creates an optimizer.</summary>
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

    /// <summary>Whether layers update the parameters themselves for an optimizer.</summary>
    public static bool MovesInPlace(OptimizerKind kind, double weightDecay) => kind == OptimizerKind.Sgd && weightDecay == 0;

    /// <summary>The factor of the loss's gradient: 1, or −rate where gradients are added to the parameters directly.</summary>
    public virtual double GradientFactor(double learningRate) => 1;

    /// <summary>Begins a step: values are then updated as soon as their gradients are complete (<see cref="Parameter{T}.Move"/>).</summary>
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

    /// <summary>Its state, in the order and the precision in which a network is stored.</summary>
    public OptimizerState Store()
    {
        double[][] moments = [.. _parameters.Zip(_moments).SelectMany(pair => pair.Second.Select(moment =>
        {
            double[] values = new double[pair.First.Count];
            pair.First.Store(moment.Pointer, values);
            return values;
        }))];
        return new OptimizerState(_kind, StepCount, moments);
    }

    /// <summary>Restores the state of an optimizer of the same kind; that of another kind is ignored.</summary>
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

    /// <summary>Updates a range of values; threads update other ranges meanwhile.</summary>
    protected abstract void Move(T* values, T* gradients, Buffer<T>[] moments, nint start, nint count);
}

/// <summary>The state of an optimizer between two trainings.</summary>
/// <param name="Kind">Its kind; another kind ignores it.</param>
/// <param name="StepCount">Steps taken.</param>
/// <param name="Moments">Its moments, parameter by parameter.</param>
internal sealed record OptimizerState(OptimizerKind Kind, long StepCount, double[][] Moments);
