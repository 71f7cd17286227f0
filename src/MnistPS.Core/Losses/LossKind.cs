namespace MnistPS;

/// <summary>The loss that training minimizes.</summary>
public enum LossKind
{
    /// <summary>The sum of the squared differences to the one-hot target, as in the tutorial; training descends half of it.</summary>
    SquaredError,

    /// <summary>The cross-entropy of the softmax of the outputs.</summary>
    CrossEntropy,
}
