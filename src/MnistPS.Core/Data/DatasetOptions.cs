namespace MnistPS;

/// <summary>How a <see cref="DatasetBuilder"/> makes a data set.</summary>
internal sealed record DatasetOptions
{
    /// <summary>Its name, or null for the default.</summary>
    public string? Name { get; init; }

    /// <summary>The names of the ten labels, or null for those of the images' sets.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The labels of the images to take, or null for all.</summary>
    public IReadOnlyCollection<int>? Labels { get; init; }

    /// <summary>Whether they are shuffled.</summary>
    public bool Shuffle { get; init; }

    /// <summary>The seed of the shuffling and of the augmentation.</summary>
    public ulong Seed { get; init; }

    /// <summary>The number of images to take from the beginning, or null for all.</summary>
    public int? Count { get; init; }

    /// <summary>The fraction of all images that become training images, from the beginning; null to keep training and test images as they are.</summary>
    public double? TrainingFraction { get; init; }

    /// <summary>The augmentations of the training images; none to take them as they are.</summary>
    public IReadOnlyList<Augmentation> Augmentations { get; init; } = [];

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="MnistException">A label (<c>LabelOutOfRange</c>) or the fraction (<c>TrainingFractionOutOfRange</c>) is out of range.</exception>
    public void Check()
    {
        foreach (int label in Labels ?? [])
        {
            if (label is < 0 or > 9)
            {
                throw new MnistException("LabelOutOfRange", Fault.InvalidArgument, $"-Label has {label}; digits from 0 to 9 were expected, such as 3, 8.", label);
            }
        }

        if (TrainingFraction is double fraction && !(fraction is >= 0 and <= 1))
        {
            throw new MnistException("TrainingFractionOutOfRange", Fault.InvalidArgument,
                FormattableString.Invariant($"-TrainingFraction is {fraction}; a number from 0 to 1 was expected, such as 0.8."), fraction);
        }
    }
}
