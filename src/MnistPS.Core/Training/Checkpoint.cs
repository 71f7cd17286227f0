using System.Security.Cryptography;
using MnistPS.Formats;
using MnistPS.Networks;

namespace MnistPS.Training;

/// <summary>A file from which a training goes on, in another process if need be, as if nothing had happened.</summary>
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

    /// <summary>Where the training goes on, or null if it begins.</summary>
    public NetworkState? State { get; private set; }

    /// <summary>How far it has come, or null if it begins.</summary>
    public TrainingPosition? Position { get; private set; }

    /// <summary>Takes a file for a training.</summary>
    /// <param name="path">The file.</param>
    /// <param name="every">After how many epochs it is written anew.</param>
    /// <param name="resume">Whether to go on from it, if it is there.</param>
    /// <param name="replace">Whether to begin anew though it is there.</param>
    /// <param name="network">What is trained.</param>
    /// <param name="dataset">On what.</param>
    /// <param name="options">And how.</param>
    /// <param name="cancellation">Ends the reading and the writing of it; the file is then as it was.</param>
    /// <exception cref="MnistException">
    /// It is in use (<c>CheckpointFileInUse</c>), there already (<c>CheckpointFileExists</c>), of another training or of none
    /// (<c>CheckpointDoesNotFit</c>), or no network's (as <see cref="NetworkFile.Read(string, string[], CancellationToken)"/> says).
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

    /// <summary>Hears that the training begins or goes on. The first file is there before the first step.</summary>
    /// <exception cref="MnistException">It cannot be written (<c>CheckpointFileNotWritable</c>).</exception>
    public void Begin(NetworkState state, int firstEpoch, EarlyStoppingState? watch)
    {
        _firstEpoch = firstEpoch;
        if (Position is null)
        {
            Write(state, new TrainingPosition(_options, _dataset, firstEpoch, IsFinished: false, watch), _replaces);
        }
    }

    /// <summary>Hears how an epoch has left the network.</summary>
    public void Take(NetworkState state, EarlyStoppingState? watch, bool isFinished)
    {
        if (isFinished || (state.History.Count - _firstEpoch) % _every == 0)
        {
            // At its end a training leaves the best network.
            _due = isFinished
                ? ((watch?.Best ?? state) with { History = state.History, Runs = state.Runs }, new TrainingPosition(_options, _dataset, _firstEpoch, IsFinished: true, Watch: null))
                : (state, new TrainingPosition(_options, _dataset, _firstEpoch, IsFinished: false, watch));
        }
    }

    /// <summary>Writes the file, if the last epoch is one after which it should be.</summary>
    /// <exception cref="MnistException">It cannot be written (<c>CheckpointFileNotWritable</c>); the one before is still there.</exception>
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
            Compare("whether it is the document's", here.IsDocuments, there.IsDocuments);
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

    // The name, the forms and the SHA-256 of all pixels and labels: other images make another training of it.
    private static string Describe(MnistDataset dataset)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (ImageSet set in (ImageSet[])[dataset.Training, dataset.Test])
        {
            hash.AppendData(set.Pixels);
            hash.AppendData([.. set.Labels]);
        }

        return $"{dataset} SHA-256 {Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
