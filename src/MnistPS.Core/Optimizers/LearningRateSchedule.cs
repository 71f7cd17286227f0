namespace MnistPS;

/// <summary>How the learning rate changes during a training.</summary>
public enum LearningRateSchedule
{
    /// <summary>It stays the same.</summary>
    Constant,

    /// <summary>It falls to a tenth after each third of the training.</summary>
    Step,

    /// <summary>It falls to 0 along half a cosine (Loshchilov and Hutter, arXiv:1608.03983).</summary>
    Cosine,

    /// <summary>
    /// It rises from a 25th over the first three tenths, then falls to nearly 0, both along half a cosine: PyTorch's OneCycleLR with its defaults (Smith
    /// and Topin, arXiv:1708.07120).
    /// </summary>
    OneCycle,
}
