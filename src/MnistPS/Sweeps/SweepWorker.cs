using System.Collections;
using System.Collections.ObjectModel;
using System.IO.Compression;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using MnistPS.Commands;
using MnistPS.Sweeps;

namespace MnistPS;

/// <summary>A runspace that trains runs of a sweep, one after another. It is in this process or in a session.</summary>
internal sealed class SweepWorker : IDisposable
{
    private const string DataVariable = "MnistPSSweepData";

    // WinRM refuses objects over 10 MB by default, and bytes travel as base64 in XML.
    private const int ChunkBytes = 1 << 20;

    private static readonly string _script = ReadScript();

    private readonly MnistDataset _dataset;
    private readonly string _module;
    private readonly Runspace _runspace;
    private readonly bool _isRemote;
    private readonly int? _threads;
    private bool _isReady;
    private volatile bool _isBusy;

    private SweepWorker(string name, Runspace runspace, bool isRemote, MnistDataset dataset, string module, int? threads)
    {
        Name = name;
        _runspace = runspace;
        _isRemote = isRemote;
        _dataset = dataset;
        _module = module;
        _threads = threads;
    }

    /// <summary>Its name, for messages.</summary>
    public string Name { get; }

    /// <summary>Creates a worker in this process.</summary>
    /// <param name="dataset">The data set, which is not copied.</param>
    /// <param name="module">The path of the module.</param>
    /// <param name="threads">Threads per training, or null for all processors.</param>
    public static SweepWorker Local(MnistDataset dataset, string module, int? threads)
        => new(Environment.MachineName, RunspaceFactory.CreateRunspace(InitialSessionState.CreateDefault2()), isRemote: false, dataset, module, threads);

    /// <summary>Creates a worker in a session. The training images are sent there once.</summary>
    /// <param name="session">An open session.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="module">The name or the path of the module there.</param>
    public static SweepWorker Remote(PSSession session, MnistDataset dataset, string module)
        => new($"{session.Name} ({session.ComputerName})", session.Runspace, isRemote: true, dataset, module, threads: null);

    /// <summary>Trains a run.</summary>
    /// <param name="run">The run.</param>
    /// <param name="passThru">Whether to return the network.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <returns>The result, which can be a failure, and the network as the bytes of a file.</returns>
    /// <exception cref="SweepWorkerLostException">The session is lost or unusable; the run is not trained.</exception>
    public (SweepResult Result, byte[]? Network) Do(SweepRun run, bool passThru, CancellationToken cancellation)
    {
        _isBusy = true;
        try
        {
            return Train(run, passThru, cancellation);
        }
        finally
        {
            _isBusy = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isRemote)
        {
            _runspace.Dispose();
        }
        else if (_isReady && !_isBusy && _runspace.RunspaceStateInfo.State == RunspaceState.Opened)
        {
            try
            {
                Invoke($"Remove-Variable {DataVariable} -Scope Global", CancellationToken.None);
            }
            catch (Exception e) when (IsOfSession(e))
            {
                // The output of a lost session is not needed.
            }
        }
    }

    // What the engine throws where a session has ended, or where its commands fail.
    private static bool IsOfSession(Exception e) => e is RuntimeException or InvalidOperationException or InvalidRunspaceStateException;

    private static string ReadScript()
    {
        using Stream stream = typeof(SweepWorker).Assembly.GetManifestResourceStream("MnistPS.Invoke-SweepRun.ps1")!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private (SweepResult Result, byte[]? Network) Train(SweepRun run, bool passThru, CancellationToken cancellation)
    {
        try
        {
            Prepare(cancellation);
        }
        catch (Exception e) when (_isRemote && IsOfSession(e) && !cancellation.IsCancellationRequested)
        {
            throw new SweepWorkerLostException(e.Message, e);
        }

        Hashtable training = run.ArgumentsOf(SweepSettings.OfTraining);
        if (_threads is int threads)
        {
            training[nameof(InvokeMnistTrainingCommand.ThrottleLimit)] = threads;
        }

        try
        {
            Hashtable found = (Hashtable)Invoke(_script, cancellation, run.ArgumentsOf(SweepSettings.OfNetwork), training, passThru)[^1].BaseObject;
            return (new SweepResult(
                (int)found["EpochsTrained"]!,
                found["TrainingError"] as double?,
                found["TrainingAccuracy"] as double?,
                found["ValidationError"] as double?,
                found["ValidationAccuracy"] as double?,
                TimeSpan.FromTicks((long)found["Ticks"]!),
                (string)found["Computer"]!,
                Error: null), found["Network"].Unwrap() as byte[]);
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested && (e is PSRemotingTransportException || (_isRemote && _runspace.RunspaceStateInfo.State != RunspaceState.Opened)))
        {
            throw new SweepWorkerLostException(e.Message, e);
        }
        catch (RuntimeException e) when (!cancellation.IsCancellationRequested)
        {
            return (new SweepResult(0, null, null, null, null, TimeSpan.Zero, _isRemote ? Name : Environment.MachineName, e.Message), null);
        }
    }

    private void Prepare(CancellationToken cancellation)
    {
        // Nothing is written to a session that has ended.
        if (_isRemote && _runspace.RunspaceStateInfo is { State: not RunspaceState.Opened } ended)
        {
            throw new SweepWorkerLostException(ended.Reason?.Message ?? string.Format(Messages.Culture, Messages.SweepSessionEnded, ended.State), ended.Reason);
        }

        if (_isReady)
        {
            return;
        }

        if (!_isRemote)
        {
            _runspace.Open();
        }

        Invoke("param($module) Import-Module $module -ErrorAction Stop", cancellation, _module);

        // Networks are compared by validation images, so the test images are not sent.
        if (_isRemote)
        {
            Send(cancellation);
        }
        else
        {
            _runspace.SessionStateProxy.SetVariable(DataVariable, new MnistDataset(_dataset.Name, _dataset.Training, new ImageSet([], [])));
        }

        _isReady = true;
    }

    private void Send(CancellationToken cancellation)
    {
        ImageSet training = _dataset.Training;
        using MemoryStream content = new();
        using (GZipStream gzip = new(content, CompressionLevel.Fastest, leaveOpen: true))
        {
            for (int i = 0; i < training.Count; i++)
            {
                gzip.Write(training.PixelsOf(i));
                gzip.WriteByte(training.LabelOf(i));
            }
        }

        Invoke($"$global:{DataVariable} = [System.IO.MemoryStream]::new()", cancellation);
        foreach (byte[] chunk in content.ToArray().Chunk(ChunkBytes))
        {
            Invoke($"param([byte[]] $chunk) $global:{DataVariable}.Write($chunk, 0, $chunk.Length)", cancellation, chunk);
        }

        Invoke(
            $$"""
            param([string] $name, [int] $count)
            $ErrorActionPreference = 'Stop'
            $pixels = [byte[]]::new({{MnistImage.PixelCount}} * $count)
            $labels = [byte[]]::new($count)
            $global:{{DataVariable}}.Position = 0
            $gzip = [System.IO.Compression.GZipStream]::new($global:{{DataVariable}}, [System.IO.Compression.CompressionMode]::Decompress)
            for ($i = 0; $i -lt $count; $i++) {
                $gzip.ReadExactly($pixels, {{MnistImage.PixelCount}} * $i, {{MnistImage.PixelCount}})
                $labels[$i] = $gzip.ReadByte()
            }
            $none = [MnistPS.ImageSet]::new([byte[]]::new(0), [byte[]]::new(0))
            $global:{{DataVariable}} = [MnistPS.MnistDataset]::new($name, [MnistPS.ImageSet]::new($pixels, $labels), $none)
            """,
            cancellation,
            _dataset.Name,
            training.Count);
    }

    private Collection<PSObject> Invoke(string script, CancellationToken cancellation, params object[] arguments)
    {
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = _runspace;
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        using CancellationTokenRegistration stop = cancellation.Register(() => shell.BeginStop(null, null));
        return shell.Invoke();
    }
}

/// <summary>A worker is lost or unusable. Its run is not trained.</summary>
internal sealed class SweepWorkerLostException(string message, Exception? cause) : Exception(message, cause);
