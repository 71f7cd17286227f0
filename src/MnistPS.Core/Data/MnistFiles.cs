using System.Collections.ObjectModel;

namespace MnistPS;

/// <summary>The four files that make up a data set.</summary>
internal sealed record MnistFiles(MnistFile TrainingImages, MnistFile TrainingLabels, MnistFile TestImages, MnistFile TestLabels)
{
    private static readonly int[] _imageShape = [MnistImage.Side, MnistImage.Side];

    /// <summary>The MNIST database. The digests are of the uncompressed content that its mirrors send.</summary>
    public static MnistFiles Mnist { get; } = new(
        new("train-images-idx3-ubyte", _imageShape, 47040016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte", [], 60008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new("t10k-images-idx3-ubyte", _imageShape, 7840016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte", [], 10008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /// <summary>
    /// Fashion-MNIST. Its mirror and the MD5 of its gzipped files are those of torchvision: github.com/pytorch/vision, torchvision/datasets/mnist.py.
    /// </summary>
    public static MnistFiles FashionMnist { get; } = Family(
        "Fashion-MNIST", "fashion-mnist", MnistPS.ClassNames.Fashion, "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
        "8d4fb7e6c68d591d4c3dfef9ec88bf0d", "25c81989df183df01b3e8a0aad5dffbe", "bef4ecab320f06d8554ea6380940ec79", "bb300cfdad3c16e7a12a480ee83cd310");

    /// <summary>Kuzushiji-MNIST. Its mirror and the MD5 of its gzipped files are those of torchvision, as Fashion-MNIST's.</summary>
    public static MnistFiles KuzushijiMnist { get; } = Family(
        "Kuzushiji-MNIST", "kuzushiji-mnist", MnistPS.ClassNames.Kuzushiji, "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
        "bdb82020997e1d708af4cf47b453dcf7", "e144d726b3acfaa3e44228e80efcd344", "5c965bf0a639b31b8f53240b1b52f4d7", "7320c461ea6c1c855c0b718fb2a4b134");

    /// <summary>The name of the collection.</summary>
    public string Name { get; private init; } = "MNIST";

    /// <summary>The names of its labels.</summary>
    public ReadOnlyCollection<string> ClassNames { get; private init; } = MnistPS.ClassNames.Digits;

    /// <summary>Its folder within the cache; empty for MNIST.</summary>
    public string Folder { get; private init; } = "";

    /// <summary>Its mirrors.</summary>
    public IReadOnlyList<Uri> Mirrors { get; private init; } = MnistPS.Mirrors.Default;

    /// <summary>All four files.</summary>
    public MnistFile[] All => [TrainingImages, TrainingLabels, TestImages, TestLabels];

    /// <summary>The files of a collection.</summary>
    public static MnistFiles Of(MnistFamily family) => family switch
    {
        MnistFamily.FashionMnist => FashionMnist,
        MnistFamily.KuzushijiMnist => KuzushijiMnist,
        _ => Mnist,
    };

    /// <summary>The collection of gzipped files, by their digests, or null.</summary>
    /// <param name="pathOf">The path of a file, or null without it.</param>
    public static MnistFiles? Recognize(Func<MnistFile, string?> pathOf)
        => Array.Find([FashionMnist, KuzushijiMnist], files => Array.TrueForAll(files.All, file => pathOf(file) is not { } path || file.IsAt(path)));

    /// <summary>Reads the four files simultaneously, and makes a data set of them.</summary>
    /// <param name="otherName">The data set's name if its content is not MNIST's.</param>
    /// <param name="read">Reads one of the four, each on a thread of its own; null if it is missing.</param>
    /// <param name="fetch">
    /// Fetches one that is missing or could not be read; one after the other, when all have been tried. Without it, the first file's fault is thrown.
    /// </param>
    /// <exception cref="MnistException">
    /// What the two throw; images and labels differ in count (<c>CountMismatch</c>); a label is over 9 (<c>LabelOutOfRange</c>).
    /// </exception>
    public async Task<MnistDataset> ReadAsync(
        string otherName, Func<MnistFile, IdxFile?> read, Func<MnistFile, MnistException?, Task<IdxFile>>? fetch = null)
    {
        // Not on threads of the pool, which hash the content meanwhile.
        MnistFile[] files = All;
        Task<IdxFile?>[] readings = [.. files.Select(file => Task.Factory.StartNew(
            () => read(file), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        // Even if one fails, no file is open any more when this returns.
        Task all = Task.WhenAll(readings);
        await all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        IdxFile[] found = new IdxFile[files.Length];
        for (int i = 0; i < files.Length; i++)
        {
            MnistException? fault = null;
            try
            {
                if (await readings[i] is { } file)
                {
                    found[i] = file;
                    continue;
                }
            }
            catch (MnistException e) when (fetch is not null)
            {
                fault = e;
            }

            found[i] = await fetch!(files[i], fault);
        }

        return Join(otherName, found[0], found[1], found[2], found[3]);
    }

    /// <summary>Makes a data set of the four files. One part can be empty.</summary>
    /// <param name="otherName">The data set's name if its content is not MNIST's.</param>
    /// <param name="trainingImages">The training images.</param>
    /// <param name="trainingLabels">Their labels.</param>
    /// <param name="testImages">The test images.</param>
    /// <param name="testLabels">Their labels.</param>
    /// <exception cref="MnistException">
    /// Images and labels differ in number (<c>CountMismatch</c>); a label is over 9 (<c>LabelOutOfRange</c>); there are no images (<c>EmptyImageSet</c>).
    /// </exception>
    public MnistDataset Join(string otherName, IdxFile trainingImages, IdxFile trainingLabels, IdxFile testImages, IdxFile testLabels)
    {
        bool isMnist = TrainingImages.Matches(trainingImages) && TrainingLabels.Matches(trainingLabels)
            && TestImages.Matches(testImages) && TestLabels.Matches(testLabels);
        MnistDataset dataset = new(isMnist ? "MNIST" : otherName, Pair(trainingImages, trainingLabels), Pair(testImages, testLabels));
        return dataset.Training.Count + dataset.Test.Count > 0
            ? dataset
            : throw new MnistException("EmptyImageSet", Fault.InvalidData,
                $"'{trainingImages.Source}' holds no images, and neither does '{testImages.Source}'; one or more were expected.", trainingImages.Source);
    }

    private static MnistFiles Family(string name, string folder, ReadOnlyCollection<string> classNames, string mirror, params ReadOnlySpan<string> md5)
    {
        MnistFile Pinned(MnistFile file, string digest) => file with { Sha256 = "", Md5 = digest, Collection = name };
        return new MnistFiles(
            Pinned(Mnist.TrainingImages, md5[0]), Pinned(Mnist.TrainingLabels, md5[1]), Pinned(Mnist.TestImages, md5[2]), Pinned(Mnist.TestLabels, md5[3]))
        {
            Name = name,
            Folder = folder,
            ClassNames = classNames,
            Mirrors = [new Uri(mirror)],
        };
    }

    private static ImageSet Pair(IdxFile images, IdxFile labels)
    {
        if (images.Count != labels.Count)
        {
            throw new MnistException("CountMismatch", Fault.InvalidData,
                $"'{images.Source}' holds {images.Count} images and '{labels.Source}' {labels.Count} labels; a label for each image was expected.", labels.Source);
        }

        int bad = labels.Values.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)9);
        if (bad >= 0)
        {
            throw new MnistException("LabelOutOfRange", Fault.InvalidData,
                $"'{labels.Source}' has label {labels.Values[bad]} at index {bad}; a digit from 0 to 9 was expected.", labels.Source);
        }

        return new ImageSet(images.Values, labels.Values);
    }
}
