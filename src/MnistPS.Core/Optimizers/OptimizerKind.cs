namespace MnistPS;

/// <summary>How gradients update parameters.</summary>
public enum OptimizerKind
{
    /// <summary>w −= rate · g.</summary>
    Sgd,

    /// <summary>Gradient descent with a momentum of 0.9.</summary>
    Momentum,

    /// <summary>Nesterov momentum of 0.9.</summary>
    Nesterov,

    /// <summary>Adam with β 0.9 and 0.999 and ε 1e-8; weight decay is added to the gradient.</summary>
    Adam,

    /// <summary>Adam with decoupled weight decay.</summary>
    AdamW,
}
