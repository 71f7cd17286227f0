using System.Security.Cryptography;
using MnistPS.Formats;
using MnistPS.Networks;

namespace MnistPS.Training;

/// <summary>A file from which a training can be resumed, even in another process, with the same result.</summary>
internal sealed class Checkpoint : IDisposable
{
    private readonly string _path;
    private readonly int _every;
    private readonly MnistNetwork _network;
    private readonly TrainingOptions _options;
    private readonly string _dataset;
    private readonly FileLock _lock;
    private readonly bool _replaces;
    private readonly CancellationToken _cancellation;
    private (NetworkState State, TrainingPosition Position)? _due;
    private int _firstEpoch;

    private Checkpoint(
        string path, int every, bool replaces, MnistNetwork network, MnistDataset dataset, TrainingOptions options, CancellationToken cancellation)
    {
        _cancellation = cancellation;
        _path = path;
        _every = every;
        _replaces = replaces;
        _network = network;
        _options = options;
        _dataset = Describe(dataset);
        _lock = FileLock.Take(path, FileRole.Checkpoint);
    }

    /// <summary>The state to resume from, or null for a new training.</summary>
    public NetworkState? State { get; private set; }

    /// <summary>The position to resume from, or null for a new training.</summary>
    public TrainingPosition? Position { get; private set; }

    /// <summary>Opens the checkpoint of a training.</summary>
    /// <param name="path">The file.</param>
    /// <param name="every">Epochs between two writes.</param>
    /// <param name="resume">Whether to resume from the file, if it exists.</param>
    /// <param name="replace">Whether to start anew if it exists.</param>
    /// <param name="network">The network.</param>
    /// <param name="dataset">Its data set.</param>
    /// <param name="options">The options.</param>
    /// <param name="cancellation">Ends reading and writing; the file is then unchanged.</param>
    /// <exception cref="MnistException">
    /// It is in use (<c>CheckpointFileInUse</c>), exists already (<c>CheckpointFileExists</c>), is of another training or of none
    /// (<c>CheckpointDoesNotFit</c>), or is not a network file (see <see cref="NetworkFile.Read(string, string[], CancellationToken)"/>).
    /// </exception>
    public static Checkpoint Open(
        string path,
        int every,
        bool resume,
        bool replace,
        MnistNetwork network,
        MnistDataset dataset,
        TrainingOptions options,
        CancellationToken cancellation)
    {
        if (every < 1)
        {
            throw new MnistException("CheckpointEveryOutOfRange", Fault.InvalidArgument, $"-CheckpointEvery is {every}; 1 or more epochs were expected.", every);
        }

        options.Check(network.Definition, dataset);
        Checkpoint checkpoint = new(path, every, replace, network, dataset, options, cancellation);
        try
        {
            if (resume && Path.Exists(path))
            {
                checkpoint.Resume();
            }
            else if (!replace && Path.Exists(path))
            {
                throw new MnistException("CheckpointFileExists", Fault.AlreadyExists,
                    $"The checkpoint '{path}' is there already. Add -Resume to go on from it, give another -CheckpointPath, or -Force to replace it.", path);
            }

            return checkpoint;
        }
        catch
        {
            checkpoint.Dispose();
            throw;
        }
    }

    /// <summary>Records that the training begins or resumes. The first file is written before the first step.</summary>
    /// <exception cref="MnistException">It cannot be written (<c>CheckpointFileNotWritable</c>).</exception>
    public void Begin(NetworkState state, int firstEpoch, EarlyStoppingState? watch)
    {
        _firstEpoch = firstEpoch;
        if (Position is null)
        {
            Write(state, new TrainingPosition(_options, _dataset, firstEpoch, IsFinished: false, watch), _replaces);
        }
    }

    /// <summary>Records the network's state after an epoch.</summary>
    public void Take(NetworkState state, EarlyStoppingState? watch, bool isFinished)
    {
        if (isFinished || (state.History.Count - _firstEpoch) % _every == 0)
        {
            // A finished training keeps the best network.
            _due = isFinished
                ? ((watch?.Best ?? state) with { History = state.History, Runs = state.Runs, ClassNames = state.ClassNames }, new TrainingPosition(_options, _dataset, _firstEpoch, IsFinished: true, Watch: null))
                : (state, new TrainingPosition(_options, _dataset, _firstEpoch, IsFinished: false, watch));
        }
    }

    /// <summary>Writes the file, if it is due after the last epoch.</summary>
    /// <exception cref="MnistException">It cannot be written (<c>CheckpointFileNotWritable</c>); the previous one remains.</exception>
    public void Write()
    {
        if (_due is var (state, position))
        {
            _due = null;
            Write(state, position, replace: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();

    private void Resume()
    {
        (MnistNetwork saved, TrainingPosition? position) = NetworkFile.Read(_path, null, FileRole.Checkpoint, _cancellation);
        if (position is null)
        {
            throw Unfit("it holds a network that is in no training; read it by Import-MnistNetwork");
        }

        List<string> differences = [];
        CompareNetworks(saved);
        CompareOptions(position.Options);
        Compare("the data set", _dataset, position.Dataset);
        if (differences.Count > 0)
        {
            throw Unfit(string.Join("; ", differences));
        }

        (State, Position) = (saved.State, position);

        void CompareNetworks(MnistNetwork other)
        {
            NetworkDefinition here = _network.Definition;
            NetworkDefinition there = other.Definition;
            Compare("the network", _network.ToString(), other.ToString());
            Compare("whether it is the tutorial's", here.IsTutorial, there.IsTutorial);
            Compare("its loss", here.Loss, there.Loss);
            Compare("its label smoothing", here.LabelSmoothing, there.LabelSmoothing);
            Compare("its initializer", here.Initializer, there.Initializer);
            Compare("its weight range", here.WeightRange, there.WeightRange);
            Compare("its seed", _network.Seed, other.Seed);
            foreach ((EpochMetrics ours, EpochMetrics theirs) in _network.History.Zip(other.History))
            {
                Compare($"the training and the test error of epoch {ours.Epoch}", (ours.TrainingError, ours.TestError), (theirs.TrainingError, theirs.TestError));
            }
        }

        void CompareOptions(TrainingOptions other)
        {
            Compare("-Epochs", _options.Epochs, other.Epochs);
            Compare("-BatchSize", _options.BatchSize, other.BatchSize);
            Compare("-Optimizer", _options.Optimizer, other.Optimizer);
            Compare("-LearningRate", _options.LearningRate, other.LearningRate);
            Compare("-Schedule", _options.Schedule, other.Schedule);
            Compare("-Shuffle", _options.Shuffle, other.Shuffle);
            Compare("-Precision", _options.Precision, other.Precision);
            Compare("-WeightDecay", _options.WeightDecay, other.WeightDecay);
            Compare("-ValidationCount", _options.ValidationCount, other.ValidationCount);
            Compare("-EarlyStoppingPatience", _options.EarlyStoppingPatience, other.EarlyStoppingPatience);
            Compare("-Augment", string.Join(", ", _options.Augmentations), string.Join(", ", other.Augmentations));
            Compare("-MaximumTime", _options.MaximumTime, other.MaximumTime);
            Compare("-Calibrate", _options.Calibrate, other.Calibrate);
        }

        void Compare(string what, object? here, object? there)
        {
            if (!Equals(here, there))
            {
                differences.Add(FormattableString.Invariant($"{what} is {Text(here)} here and {Text(there)} there"));
            }

            static object Text(object? value) => value is null or "" ? "none" : value;
        }
    }

    private void Write(NetworkState state, TrainingPosition position, bool replace)
        => NetworkFile.Write(_network.Definition, _network.Seed, state, position, _path, replace, FileRole.Checkpoint, _cancellation);

    private MnistException Unfit(string reason) => new("CheckpointDoesNotFit", Fault.InvalidArgument,
        $"The checkpoint '{_path}' is not of this training: {reason}. Give the same as then, another -CheckpointPath, or -Force without -Resume to begin anew.",
        _path);

    // The name, the shapes and the SHA-256 of all pixels and labels: other images make it another training.
    private static string Describe(MnistDataset dataset)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ImageSet[] sets = dataset.Validation is { } validation ? [dataset.Training, dataset.Test, validation] : [dataset.Training, dataset.Test];
        foreach (ImageSet set in sets)
        {
            hash.AppendData(set.Pixels);
            hash.AppendData([.. set.Labels]);
        }

        return $"{dataset}{(dataset.Validation is null ? "" : $", {dataset.Validation} to validate with,")} SHA-256 {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
