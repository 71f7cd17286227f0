using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>Collects images with labels and makes a data set of them, in the same order.</summary>
internal sealed class DatasetBuilder
{
    /// <summary>The name of a data set without a given name.</summary>
    public const string DefaultName = "Custom";

    private readonly List<MnistImage> _training = [];
    private readonly List<MnistImage> _test = [];
    private readonly List<MnistImage> _all = [];

    /// <summary>The number of images so far.</summary>
    public int Count => _all.Count;

    /// <summary>Adds a training image.</summary>
    /// <exception cref="MnistException">It has no label (<c>ImageWithoutLabel</c>).</exception>
    public void Add(MnistImage image) => Add(image, _training);

    /// <summary>Adds a test image.</summary>
    /// <exception cref="MnistException">It has no label (<c>ImageWithoutLabel</c>).</exception>
    public void AddTest(MnistImage image) => Add(image, _test);

    /// <summary>Adds the training images and the test images of a data set.</summary>
    public void Add(MnistDataset dataset)
    {
        foreach (MnistImage image in dataset.Training)
        {
            Add(image);
        }

        foreach (MnistImage image in dataset.Test)
        {
            AddTest(image);
        }
    }

    /// <summary>All images in one set, in the order of their addition.</summary>
    /// <exception cref="MnistException">They are too many (<c>TooManyImages</c>).</exception>
    public ImageSet ToSet() => ImageSet.Of(_all).WithClassNames(ClassNamesOf(_all));

    /// <summary>Makes the data set: images with other labels are left out, the rest is shuffled, counted and split, and the training images are varied.</summary>
    /// <exception cref="MnistException">
    /// There are no images (<c>NoImages</c>), or too many (<c>TooManyImages</c>); a count or a share is out of range (<c>CountOutOfRange</c>,
    /// <c>TrainingFractionOutOfRange</c>), or a label is (<c>LabelOutOfRange</c>);
    /// class names differ (<c>ClassNamesDoNotFit</c>).
    /// </exception>
    public MnistDataset Build(DatasetOptions options)
    {
        options.Check();
        Require(Count > 0, "NoImages", "No image came in; images with labels were expected. Pass some on, such as $data.Training[0..99].", null);

        // The fraction is one of all images, training and test images alike.
        List<MnistImage> training = Choose(options.TrainingFraction is null ? _training : _all, options);
        List<MnistImage> test = options.TrainingFraction is null ? Choose(_test, options) : [];
        Require(training.Count + test.Count > 0, "NoImages",
            $"None of the {Count} images has a label of {string.Join(", ", options.Labels ?? [])}; one or more were expected. Give -Label others.", options.Labels);
        NumPyGenerator generator = new(options.Seed);
        if (options.Shuffle)
        {
            List<MnistImage> ordered = training;
            training = [.. generator.Permutation(ordered.Count).Select(place => ordered[place])];
        }

        if (options.Count is int count)
        {
            MnistDataset.CheckCount(count, training.Count, "-Count");
            training.RemoveRange(count, training.Count - count);
        }

        if (options.TrainingFraction is double fraction)
        {
            int trained = (int)Math.Round(fraction * training.Count);
            Require(trained > 0 || fraction == 0, "TrainingFractionOutOfRange",
                FormattableString.Invariant($"-TrainingFraction is {fraction}, which of {training.Count} images is none. Give a larger share."), fraction);
            test = training[trained..];
            training.RemoveRange(trained, training.Count - trained);
        }

        ReadOnlyCollection<string> classNames = options.ClassNames is { } given ? ClassNames.Of(given) : ClassNamesOf([.. training, .. test]);
        ImageSet images = ImageSet.Of(training).WithClassNames(classNames);
        return new MnistDataset(
            options.Name ?? DefaultName,
            options.Augmentations.Count > 0 ? images.Vary(options.Augmentations, generator.NextUInt64()) : images,
            ImageSet.Of(test).WithClassNames(classNames));
    }

    /// <summary>The class names of the images' sets. Images without a set do not count.</summary>
    private static ReadOnlyCollection<string> ClassNamesOf(IEnumerable<MnistImage> images)
    {
        ReadOnlyCollection<string>? names = null;
        foreach (MnistImage image in images)
        {
            if (image.ClassNames is not { } own || ReferenceEquals(own, names))
            {
                continue;
            }

            Require(names is null || own.SequenceEqual(names), "ClassNamesDoNotFit",
                $"Labels stand for different things: 0 is '{own[0]}' for {image.Origin ?? image.ToString()}, and '{names?[0]}' for an image before it. Give -ClassName what they stand for, or take images of one collection.", image);
            names = own;
        }

        return names ?? ClassNames.Digits;
    }

    private static List<MnistImage> Choose(List<MnistImage> images, DatasetOptions options)
        => options.Labels is { } labels ? [.. images.Where(image => labels.Contains(image.Label!.Value))] : [.. images];

    private void Add(MnistImage image, List<MnistImage> part)
    {
        if (image.Label is null)
        {
            throw new MnistException("ImageWithoutLabel", Fault.InvalidData,
                $"'{image}' has no label; one from 0 to 9 was expected. Give it one: [pscustomobject]@{{ Pixels = $image.Pixels; Label = 3 }}", image);
        }

        part.Add(image);
        _all.Add(image);
    }

    private static void Require(bool isMet, string id, string message, object? target)
    {
        if (!isMet)
        {
            throw new MnistException(id, Fault.InvalidArgument, message, target);
        }
    }
}
