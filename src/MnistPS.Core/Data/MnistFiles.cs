namespace MnistPS;

/// <summary>The four files that make up a data set.</summary>
internal sealed record MnistFiles(MnistFile TrainingImages, MnistFile TrainingLabels, MnistFile TestImages, MnistFile TestLabels)
{
    private static readonly int[] _imageShape = [MnistImage.Side, MnistImage.Side];

    /// <summary>The MNIST database. The digests are of what its mirrors send, uncompressed.</summary>
    public static MnistFiles Mnist { get; } = new(
        new("train-images-idx3-ubyte", _imageShape, 47040016, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        new("train-labels-idx1-ubyte", [], 60008, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        new("t10k-images-idx3-ubyte", _imageShape, 7840016, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        new("t10k-labels-idx1-ubyte", [], 10008, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /// <summary>The four.</summary>
    public MnistFile[] All => [TrainingImages, TrainingLabels, TestImages, TestLabels];

    /// <summary>Reads the four at the same time, and puts them together.</summary>
    /// <param name="otherName">The data set's name where the content is not that of MNIST.</param>
    /// <param name="read">Reads one of the four, each on a thread of its own; null if it is not there.</param>
    /// <param name="fetch">
    /// Brings one that is not there, or that was not to be read for a fault; one after the other, when all have been tried. Without it, the first
    /// file's fault is thrown.
    /// </param>
    /// <exception cref="MnistException">
    /// What the two throw; images and labels differ in number (<c>CountMismatch</c>); a label is over 9 (<c>LabelOutOfRange</c>).
    /// </exception>
    public async Task<MnistDataset> ReadAsync(
        string otherName, Func<MnistFile, IdxFile?> read, Func<MnistFile, MnistException?, Task<IdxFile>>? fetch = null)
    {
        // Not on threads of the pool, which hashes meanwhile what they read.
        MnistFile[] files = All;
        Task<IdxFile?>[] readings = [.. files.Select(file => Task.Factory.StartNew(
            () => read(file), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];

        // Whatever becomes of one, no file is held open any more when this returns.
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

    /// <summary>Puts the four together, wherever they are from.</summary>
    /// <param name="otherName">The data set's name where the content is not that of MNIST.</param>
    /// <param name="trainingImages">The images to train on.</param>
    /// <param name="trainingLabels">Their labels.</param>
    /// <param name="testImages">The images to test with.</param>
    /// <param name="testLabels">Their labels.</param>
    /// <exception cref="MnistException">Images and labels differ in number (<c>CountMismatch</c>); a label is over 9 (<c>LabelOutOfRange</c>).</exception>
    public MnistDataset Join(string otherName, IdxFile trainingImages, IdxFile trainingLabels, IdxFile testImages, IdxFile testLabels)
    {
        bool isMnist = TrainingImages.Matches(trainingImages) && TrainingLabels.Matches(trainingLabels)
            && TestImages.Matches(testImages) && TestLabels.Matches(testLabels);
        return new MnistDataset(isMnist ? "MNIST" : otherName, Pair(trainingImages, trainingLabels), Pair(testImages, testLabels));
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
