namespace MnistPS;

/// <summary>How the learning rate moves during a training.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays.</summary>
    Constant,

    /// <summary>A tenth of it after each third of the training.</summary>
    Step,

    /// <summary>Half a cosine, down to 0 (Loshchilov and Hutter, arXiv:1608.03983).</summary>
    Cosine,

    /// <summary>
    /// Up from a 25th of it over the first three tenths, then down to nearly 0, both along half a cosine: PyTorch's OneCycleLR with its
    /// defaults (Smith and Topin, arXiv:1708.07120).
    /// </summary>
    OneCycle,
}
