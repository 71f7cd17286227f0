namespace MnistPS;

/// <summary>What becomes of the images of a data set of one's own.</summary>
internal sealed record DatasetOptions
{
    /// <summary>Its name, or null for that which all such have.</summary>
    public string? Name { get; init; }

    /// <summary>What the ten labels stand for, or null for what they do in the sets that the images are from.</summary>
    public IReadOnlyList<string>? ClassNames { get; init; }

    /// <summary>The labels of the images that are taken, or null for all.</summary>
    public IReadOnlyCollection<int>? Labels { get; init; }

    /// <summary>Whether they come in another order.</summary>
    public bool Shuffle { get; init; }

    /// <summary>The seed of that order.</summary>
    public ulong Seed { get; init; }

    /// <summary>How many are taken, the first ones; null for all.</summary>
    public int? Count { get; init; }

    /// <summary>The share of all images that is to train on, the first ones; the others are to test with. Null where each is what it came as.</summary>
    public double? TrainingFraction { get; init; }

    /// <summary>Refuses what is out of range.</summary>
    /// <exception cref="MnistException">A label (<c>LabelOutOfRange</c>) or the share (<c>TrainingFractionOutOfRange</c>) is.</exception>
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
