using System.Numerics;

namespace MnistPS.Layers;

/// <summary>A part of the network that takes a whole batch and hands a whole batch on.</summary>
internal interface IStage<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>What it gives.</summary>
    Signal<T> Output { get; }

    /// <summary>What its layers learn or keep, in the order in which it is drawn.</summary>
    IReadOnlyList<Parameter<T>> Parameters { get; }

    /// <summary>Multiplications for one image on the way forward.</summary>
    long Work { get; }

    /// <summary>Computes the output of the batch.</summary>
    void Forward(Batch<T> batch);

    /// <summary>From the gradient of the output computes that of the input and that of the parameters.</summary>
    void Backward(Batch<T> batch);

    /// <summary>Brings the parameters up to date, where a layer puts that off.</summary>
    void Settle()
    {
    }
}
