using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security.Cryptography;
using MnistPS.Formats;
using MnistPS.Sweeps;

namespace MnistPS.Commands;

/// <summary>Trains a network for each combination of settings, or for a sample of them, and emits one row at the end of each run.</summary>
[Cmdlet(VerbsLifecycle.Start, "MnistSweep", HelpUri = OnlineHelp.Folder + "Start-MnistSweep.md", SupportsShouldProcess = true)]
[OutputType(typeof(PSObject), typeof(MnistNetwork))]
public sealed class StartMnistSweepCommand : DatasetCommand
{
    // More runs than this are probably a mistake.
    private const long AskedAbove = 1000;

    private const string RowType = "MnistPS.SweepRow";

    private SweepFile? _file;
    private ProgressBar? _bar;
    private long _total;
    private long _done;
    private SweepRun? _bestRun;
    private SweepResult? _best;
    private byte[]? _bestNetwork;

    /// <summary>The settings: parameters of New-MnistNetwork and Invoke-MnistTraining, each with one or several values.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNull]
    public IDictionary Parameter { get; set; } = null!;

    /// <summary>The number of combinations, chosen at random; all by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? Sample { get; set; }

    /// <summary>The seed of the sample.</summary>
    [Parameter]
    [Number<ulong>]
    public ulong? SampleSeed { get; set; }

    /// <summary>Trains all combinations for few epochs first, and only the best third of them for more.</summary>
    [Parameter]
    public SwitchParameter Halving { get; set; }

    /// <summary>A CSV file with one row per run. Runs in the file are not repeated.</summary>
    [Parameter]
    [PathText]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The number of simultaneous runs; that of processors or sessions by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    [Number<int>]
    public int? ThrottleLimit { get; set; }

    /// <summary>Sessions to train in, one run each at a time.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSSession[]? Session { get; set; }

    /// <summary>The name or the path of the module in the sessions.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Module { get; set; } = "MnistPS";

    /// <summary>Starts many runs without a question.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the best network instead of the rows.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _file?.Dispose();
        base.Dispose(disposing);
    }

    /// <inheritdoc/>
    protected override void Process(MnistDataset dataset)
    {
        SweepGrid grid = SweepSettings.Grid(Parameter);
        int epochs = Halving ? EpochsOf(grid) : 0;
        long count = Math.Min(Sample ?? long.MaxValue, grid.Count);
        if (!ShouldProcess(string.Format(Messages.Culture, Messages.SweepTarget, count, dataset)) || !IsWanted(count))
        {
            return;
        }

        string[] names = ["Dataset", .. grid.Names];
        string name = $"{dataset} {DigestOf(dataset.Training)}";

        // The same sample for each data set of the pipeline.
        SampleSeed ??= (ulong)Random.Shared.NextInt64();
        IEnumerable<SweepRun> runs = (Sample is int sample ? grid.Sample(sample, SampleSeed.Value) : grid.All())
            .Select(values => new SweepRun(names, [name, .. values]));
        SweepSettings.Check(runs, dataset, Cancellation);
        if (Path is not null)
        {
            _file ??= new SweepFile(Resolve(Path), names);
        }

        (_bestRun, _best, _bestNetwork, _done, _total) = (null, null, null, 0, count);
        SweepWorker[] workers = Workers(dataset);
        Sweep sweep = new(workers, (worker, reason) => WriteWarning(string.Format(Messages.Culture, Messages.SweepSessionLost, worker.Name, reason)));
        try
        {
            using (_bar = new ProgressBar(this, Messages.SweepRunsActivity))
            {
                ReportProgress();
                if (Halving)
                {
                    Halve(sweep, names, [.. runs], epochs);
                }
                else
                {
                    Do(sweep, names, runs, isLast: true);
                }

                Finish(sweep, dataset);
            }
        }
        finally
        {
            foreach (SweepWorker worker in workers)
            {
                worker.Dispose();
            }
        }
    }

    // Enough of the SHA-256 of pixels and labels to tell the sets of one file of runs apart.
    private static string DigestOf(ImageSet images)
    {
        const int ShownBytes = 4;
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(images.Pixels);
        hash.AppendData([.. images.Labels]);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, ShownBytes));
    }

    private bool IsWanted(long count)
    {
        if (count <= AskedAbove || Force)
        {
            return true;
        }

        try
        {
            // The overload whose default answer is No.
            bool yesToAll = false;
            bool noToAll = false;
            return ShouldContinue(
                string.Format(Messages.Culture, Messages.SweepQuestion, count), Messages.SweepRunsActivity, hasSecurityImpact: true, ref yesToAll, ref noToAll);
        }
        catch (PSInvalidOperationException e)
        {
            // The session is not interactive.
            throw new MnistException(nameof(Messages.ManySweepRuns), Fault.InvalidArgument, string.Format(Messages.Culture, Messages.ManySweepRuns, count), Parameter, e);
        }
    }

    private static int EpochsOf(SweepGrid grid)
    {
        return grid.ValuesOf(nameof(InvokeMnistTrainingCommand.Epochs)) is [{ } only] && NumberReader.TryRead(only, out int epochs) && epochs > 0
            ? epochs
            : throw new MnistException(nameof(Messages.HalvingNeedsEpochs), Fault.InvalidArgument, Messages.HalvingNeedsEpochs);
    }

    private SweepWorker[] Workers(MnistDataset dataset)
    {
        if (Session is not null)
        {
            return [.. Session.Take(ThrottleLimit ?? Session.Length).Select(session => SweepWorker.Remote(session, dataset, Module))];
        }

        int count = (int)Math.Min(ThrottleLimit ?? Environment.ProcessorCount, _total);

        // Simultaneous runs use all processors together.
        int? threads = count > 1 ? 1 : null;
        string module = System.IO.Path.Combine(((CmdletInfo)MyInvocation.MyCommand).Module.ModuleBase, "MnistPS.psd1");
        return [.. Enumerable.Range(0, count).Select(_ => SweepWorker.Local(dataset, module, threads))];
    }

    /// <summary>Trains the rungs in order. The best third of each is in the next one.</summary>
    private void Halve(Sweep sweep, string[] names, SweepRun[] runs, int epochs)
    {
        int at = Array.IndexOf(names, nameof(InvokeMnistTrainingCommand.Epochs));
        IReadOnlyList<(int Runs, int Epochs)> rungs = SuccessiveHalving.Rungs(runs.Length, epochs);
        _total = rungs.Sum(rung => (long)rung.Runs);
        foreach ((int rung, (int count, int few)) in rungs.Index())
        {
            IEnumerable<SweepRun> chosen = runs.Take(count).Select(run => new SweepRun(names, [.. run.Values.Index().Select(value => value.Index == at ? few : value.Item)]));
            List<(SweepRun Run, SweepResult Result)> results = Do(sweep, names, chosen, isLast: rung == rungs.Count - 1);
            runs = [.. results.Order(Comparer<(SweepRun Run, SweepResult Result)>.Create((left, right)
                => left.Result.IsBetterThan(right.Result) ? -1 : right.Result.IsBetterThan(left.Result) ? 1 : 0)).Select(result => result.Run)];
        }
    }

    /// <summary>Trains the runs that are not in the file, and emits all rows.</summary>
    private List<(SweepRun Run, SweepResult Result)> Do(Sweep sweep, string[] names, IEnumerable<SweepRun> runs, bool isLast)
    {
        List<(SweepRun Run, SweepResult Result)> results = [];
        List<(SweepRun Run, SweepResult Result)> known = [];
        IEnumerable<SweepRun> missing = runs.Where(run =>
        {
            // What a failed run lacked, such as memory, may be there now.
            if (_file?.Find(run.Texts) is not { Error: null } result)
            {
                return true;
            }

            known.Add((run, result));
            return false;
        });
        foreach ((SweepRun run, SweepResult result, byte[]? network) in sweep.Do(missing, PassThru && isLast, Cancellation))
        {
            EmitKnown();
            _file?.Write(run.Texts, result);
            if (result.Error is not null)
            {
                WriteError(ToErrorRecord(Failed(run, result)));
            }

            Take(run, result, network);
        }

        EmitKnown();
        return results;

        void EmitKnown()
        {
            foreach ((SweepRun run, SweepResult result) in known)
            {
                Take(run, result, null);
            }

            known.Clear();
        }

        void Take(SweepRun run, SweepResult result, byte[]? network)
        {
            results.Add((run, result));
            if (isLast && result.IsBetterThan(_best))
            {
                (_bestRun, _best, _bestNetwork) = (run, result, network);
            }

            _done++;
            ReportProgress();
            if (!PassThru)
            {
                WriteObject(RowOf(names, run, result));
            }
        }
    }

    private void ReportProgress() => _bar!.Report((double)_done / _total, string.Format(
        Messages.Culture, _best is null ? Messages.SweepRunsDone : Messages.SweepRunsStatus, _done, _total, _best?.ValidationAccuracy));

    /// <summary>Emits the best network. If its run is from the file, it is trained again: the same settings and seed give the same network.</summary>
    private void Finish(Sweep sweep, MnistDataset dataset)
    {
        if (!PassThru || _bestRun is null)
        {
            return;
        }

        byte[] network = _bestNetwork ?? Again();
        string file = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"MnistPS-{Guid.NewGuid():n}.safetensors");
        try
        {
            File.WriteAllBytes(file, network);
            WriteVerbose(string.Format(Messages.Culture, Messages.SweepBest, _bestRun, _best!.ValidationAccuracy));
            MnistNetwork best = NetworkFile.Read(file, null, FileRole.Network, Cancellation).Network;

            // Sessions get pixels and labels only.
            best.State = best.State with { ClassNames = dataset.ClassNames };
            WriteObject(best);
        }
        finally
        {
            File.Delete(file);
        }

        byte[] Again()
        {
            (_, SweepResult result, byte[]? bytes) = sweep.Do([_bestRun], passThru: true, Cancellation).Single();
            return bytes ?? throw Failed(_bestRun, result);
        }
    }

    private static MnistException Failed(SweepRun run, SweepResult result) => new(
        nameof(Messages.SweepRunFailed), Fault.InvalidResult, string.Format(Messages.Culture, Messages.SweepRunFailed, run, result.Error), run.ToString());

    private static PSObject RowOf(string[] names, SweepRun run, SweepResult result)
    {
        PSObject row = new();
        row.TypeNames.Insert(0, RowType);
        foreach ((string name, object? value) in names.Zip(run.Values))
        {
            row.Properties.Add(new PSNoteProperty(name, value));
        }

        row.Properties.Add(new PSNoteProperty(nameof(SweepResult.EpochsTrained), result.EpochsTrained));
        row.Properties.Add(new PSNoteProperty(nameof(SweepResult.TrainingError), result.TrainingError));
        row.Properties.Add(new PSNoteProperty(nameof(SweepResult.TrainingAccuracy), result.TrainingAccuracy));
        row.Properties.Add(new PSNoteProperty(nameof(SweepResult.ValidationError), result.ValidationError));
        row.Properties.Add(new PSNoteProperty(nameof(SweepResult.ValidationAccuracy), result.ValidationAccuracy));
        row.Properties.Add(new PSNoteProperty(nameof(SweepResult.Elapsed), result.Elapsed));
        row.Properties.Add(new PSNoteProperty(nameof(SweepResult.Computer), result.Computer));
        row.Properties.Add(new PSNoteProperty(nameof(SweepResult.Error), result.Error));
        return row;
    }
}
