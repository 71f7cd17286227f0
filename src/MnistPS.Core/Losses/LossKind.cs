namespace MnistPS;

/// <summary>What a network's outputs are measured by.</summary>
public enum LossKind
{
    /// <summary>The sum of the squared differences to the one-hot target, as in the tutorial; training descends half of it.</summary>
    SquaredError,

    /// <summary>The cross-entropy of the softmax of the outputs.</summary>
    CrossEntropy,
}
