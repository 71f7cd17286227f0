namespace MnistPS;

/// <summary>How weights are drawn. Biases are 0 and draw nothing.</summary>
public enum Initializer
{
    /// <summary>Uniform in ±range, as in the tutorial.</summary>
    Uniform,

    /// <summary>Uniform in ±√(6 / inputs) of a unit (He et al., arXiv:1502.01852).</summary>
    He,

    /// <summary>Uniform in ±√(6 / (inputs + outputs)) of a unit (Glorot and Bengio, AISTATS 2010).</summary>
    Glorot,
}
