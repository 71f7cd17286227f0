using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>Training images and test images.</summary>
public sealed class MnistDataset
{
    /// <summary>Combines two sets.</summary>
    /// <param name="name">The source of the digits, such as <c>MNIST</c> or <c>Synthetic</c>.</param>
    /// <param name="training">The training images.</param>
    /// <param name="test">The test images.</param>
    public MnistDataset(string name, ImageSet training, ImageSet test)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(test);
        Name = name;
        Training = training.Named($"{name} training".TrimStart());
        Test = test.Named($"{name} test".TrimStart());
    }

    /// <summary>The source of the digits.</summary>
    public string Name { get; }

    /// <summary>The training images.</summary>
    public ImageSet Training { get; }

    /// <summary>The test images.</summary>
    public ImageSet Test { get; }

    /// <summary>The names of the ten labels: the digits, unless the set has other classes.</summary>
    public ReadOnlyCollection<string> ClassNames => (Training.Count > 0 ? Training : Test).ClassNames;

    /// <summary>A validation set of its own, or null.</summary>
    internal ImageSet? Validation { get; private init; }

    /// <summary>The same data set with a name and class names.</summary>
    internal MnistDataset As(string name, ReadOnlyCollection<string> classNames)
        => new(name, Training.WithClassNames(classNames), Test.WithClassNames(classNames));

    /// <summary>The same data set, named after its collection.</summary>
    internal MnistDataset As(MnistFiles files) => As(files.Name, files.ClassNames);

    /// <summary>The same data set with a validation set of its own.</summary>
    internal MnistDataset WithValidation(ImageSet validation) => new(Name, Training, Test) { Validation = validation };

    /// <summary>The first images of each set, or all without a count.</summary>
    /// <exception cref="MnistException">A count is below 1 or larger than its set (<c>CountOutOfRange</c>).</exception>
    internal MnistDataset Take(int? trainingCount, int? testCount)
        => new(Name, Take(Training, trainingCount, "-TrainingCount"), Take(Test, testCount, "-TestCount"));

    /// <summary>Checks a number of images to take from a set.</summary>
    /// <exception cref="MnistException">The count is below 1 or larger than the set (<c>CountOutOfRange</c>).</exception>
    internal static void CheckCount(int count, int available, string parameter)
    {
        if (count < 1 || count > available)
        {
            throw new MnistException("CountOutOfRange", Fault.InvalidArgument,
                $"{parameter} is {count}, but the set holds {available} images. {(available > 0 ? $"Give 1 to {available}" : "Leave it out")}.", count);
        }
    }

    private static ImageSet Take(ImageSet set, int? count, string parameter)
    {
        if (count is not { } given)
        {
            return set;
        }

        CheckCount(given, set.Count, parameter);
        return set.Slice(0, given);
    }

    /// <summary>The name and the two shapes, such as <c>MNIST (60000, 784) (10000, 784)</c>.</summary>
    public override string ToString() => $"{Name} {Training} {Test}";
}
