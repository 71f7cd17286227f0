using System.Collections.Concurrent;

namespace MnistPS;

/// <summary>Runs asynchronous work on the pipeline thread: each continuation is posted to it. A cmdlet's Write… methods throw on any other thread.</summary>
internal sealed class PipelineContext : SynchronizationContext, IDisposable
{
    private readonly BlockingCollection<(SendOrPostCallback Callback, object? State)> _posted = [];

    private PipelineContext()
    {
    }

    /// <summary>Runs work to its end and returns its result, or throws its exception.</summary>
    public static T Run<T>(Func<Task<T>> work)
    {
        SynchronizationContext? outer = Current;
        using PipelineContext context = new();
        SetSynchronizationContext(context);
        try
        {
            Task<T> task = work();
            _ = task.ContinueWith(_ => context._posted.CompleteAdding(), TaskScheduler.Default);
            foreach ((SendOrPostCallback callback, object? state) in context._posted.GetConsumingEnumerable())
            {
                callback(state);
            }

            return task.GetAwaiter().GetResult();
        }
        finally
        {
            SetSynchronizationContext(outer);
        }
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state) => _posted.Add((d, state));

    /// <inheritdoc/>
    public void Dispose() => _posted.Dispose();
}
