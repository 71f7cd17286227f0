namespace MnistPS;

/// <summary>The content of a plot.</summary>
public enum PlotKind
{
    /// <summary>Errors and accuracies over the epochs.</summary>
    Curves,

    /// <summary>The confusion matrix.</summary>
    Confusion,

    /// <summary>The weights of the first layer with weights, each unit or filter as a picture.</summary>
    Weights,

    /// <summary>A contact sheet of images with their labels.</summary>
    Images,

    /// <summary>The loss over the learning rates of a sweep.</summary>
    LearningRate,
}
