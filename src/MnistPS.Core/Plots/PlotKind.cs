namespace MnistPS;

/// <summary>What a plot shows.</summary>
public enum PlotKind
{
    /// <summary>Errors and accuracies over the epochs.</summary>
    Curves,

    /// <summary>Which digit was read as which.</summary>
    Confusion,

    /// <summary>The weights of the first layer that has some, each unit or filter as a picture.</summary>
    Weights,

    /// <summary>A contact sheet of images with their labels.</summary>
    Images,

    /// <summary>The loss over the learning rates of a sweep.</summary>
    LearningRate,
}
