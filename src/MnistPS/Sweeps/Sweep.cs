using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using MnistPS.Sweeps;

namespace MnistPS;

/// <summary>Distributes runs to workers, and returns results as they arrive. The run of a lost worker goes to another one.</summary>
/// <param name="workers">The workers.</param>
/// <param name="lost">Receives the fault of a lost worker, on the thread that receives the results.</param>
internal sealed class Sweep(IEnumerable<SweepWorker> workers, Action<SweepWorker, string> lost)
{
    private const int StopMilliseconds = 1000;

    private readonly Stack<SweepWorker> _idle = new(workers.Reverse());

    /// <summary>Trains runs.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="passThru">Whether to return the networks.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="MnistException">All workers are lost (<c>SweepSessionsLost</c>).</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public IEnumerable<(SweepRun Run, SweepResult Result, byte[]? Network)> Do(
        IEnumerable<SweepRun> runs, bool passThru, CancellationToken cancellation)
    {
        using IEnumerator<SweepRun> next = runs.GetEnumerator();
        BlockingCollection<Outcome> outcomes = [];
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Stack<SweepRun> again = [];
        int busy = 0;
        try
        {
            while (true)
            {
                while (_idle.Count > 0 && (again.TryPop(out SweepRun? run) || TryNext(next, out run)))
                {
                    SweepWorker worker = _idle.Pop();
                    busy++;
                    Task.Factory.StartNew(
                        () => outcomes.Add(Outcome.Of(worker, run!, passThru, stop.Token)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                }

                if (busy == 0)
                {
                    break;
                }

                Outcome outcome = outcomes.Take(cancellation);
                busy--;
                if (outcome.Loss is not null)
                {
                    again.Push(outcome.Run);
                    lost(outcome.Worker, outcome.Loss.Message);
                    continue;
                }

                outcome.Fault?.Throw();
                _idle.Push(outcome.Worker);
                yield return (outcome.Run, outcome.Result!, outcome.Network);
            }
        }
        finally
        {
            // No run continues after the end, in any case. A session whose connection hangs is not waited for.
            stop.Cancel();
            for (; busy > 0 && outcomes.TryTake(out _, StopMilliseconds, CancellationToken.None); busy--)
            {
            }
        }

        if (again.Count > 0)
        {
            throw new MnistException(nameof(Messages.SweepSessionsLost), Fault.Connection, Messages.SweepSessionsLost);
        }
    }

    private static bool TryNext(IEnumerator<SweepRun> runs, out SweepRun? run)
    {
        bool isThere = runs.MoveNext();
        run = isThere ? runs.Current : null;
        return isThere;
    }

    private sealed record Outcome(
        SweepWorker Worker, SweepRun Run, SweepResult? Result, byte[]? Network, SweepWorkerLostException? Loss, ExceptionDispatchInfo? Fault)
    {
        public static Outcome Of(SweepWorker worker, SweepRun run, bool passThru, CancellationToken cancellation)
        {
            try
            {
                (SweepResult result, byte[]? network) = worker.Do(run, passThru, cancellation);
                return new Outcome(worker, run, result, network, null, null);
            }
            catch (SweepWorkerLostException e)
            {
                return new Outcome(worker, run, null, null, e, null);
            }
            catch (Exception e)
            {
                // Thrown again on the thread that receives the results.
                return new Outcome(worker, run, null, null, null, ExceptionDispatchInfo.Capture(e));
            }
        }
    }
}
