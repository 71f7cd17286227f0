using System.Collections.ObjectModel;
using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>The base of all cmdlets: it maps faults to error records, and a stop to cancellation.</summary>
public abstract class MnistCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>The cancellation of a stopped pipeline.</summary>
    protected CancellationToken Cancellation => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing) => _stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Runs work whose fault, or lack of memory, ends the pipeline.</summary>
    protected void Do(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            work();
        }
        catch (OperationCanceledException) when (Cancellation.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (MnistException fault)
        {
            ThrowTerminatingError(ToErrorRecord(fault));
        }
        catch (OutOfMemoryException e)
        {
            ThrowTerminatingError(ToErrorRecord(
                new MnistException(nameof(Messages.NotEnoughMemory), Fault.InvalidArgument, Messages.NotEnoughMemory, null, e)));
        }
    }

    /// <summary>Runs work on one input of many. A fault is a non-terminating error.</summary>
    protected void DoForOne(Action work) => Do(() =>
    {
        try
        {
            work();
        }
        catch (MnistException fault)
        {
            WriteError(ToErrorRecord(fault));
        }
    });

    /// <summary>The error record of a fault.</summary>
    protected internal static ErrorRecord ToErrorRecord(MnistException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new ErrorRecord(fault, fault.Id, Category(fault.Fault), fault.Target);
    }

    /// <summary>The error record of input that the cmdlet cannot use.</summary>
    /// <param name="item">The object from the engine, or null.</param>
    /// <param name="expected">The expected input, such as <c>an image</c>.</param>
    /// <param name="parameter">The parameter that it is the argument of, or null if it came down the pipeline.</param>
    protected internal static ErrorRecord ForeignObject(object? item, string expected, string? parameter = null)
    {
        object? bare = item.Unwrap();
        string type = bare?.GetType().FullName ?? "null";
        string message = DeserializedObject.Explain(item)
            ?? (parameter is null ? string.Format(Messages.Culture, Messages.ForeignObject, type, expected)
                : string.Format(Messages.Culture, Messages.ForeignArgument, parameter, type, expected));
        return new ErrorRecord(new ArgumentException(message), nameof(Messages.ForeignObject), ErrorCategory.InvalidType, bare);
    }

    /// <summary>Refuses two parameters that exclude each other.</summary>
    /// <exception cref="MnistException">Both are given (<c>ContradictingParameters</c>).</exception>
    protected static void RefuseBoth(string first, bool hasFirst, string second, bool hasSecond)
    {
        if (hasFirst && hasSecond)
        {
            throw new MnistException("ContradictingParameters", Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.ContradictingParameters, first, second));
        }
    }

    /// <summary>Runs work on each path. A fault is a non-terminating error.</summary>
    /// <param name="paths">The user's paths.</param>
    /// <param name="isLiteral">Whether they have no wildcards.</param>
    /// <param name="work">The work, on a path of the file system.</param>
    protected void ForEachPath(string[] paths, bool isLiteral, Action<string> work)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(work);
        foreach (string path in paths)
        {
            DoForOne(() =>
            {
                foreach (string one in isLiteral ? [Resolve(path)] : Match(path))
                {
                    DoForOne(() => work(one));
                }
            });
        }
    }

    /// <summary>
    /// Resolves a user's path to the file system. The session's location may differ from the process's, and need not be in the file system.
    /// </summary>
    /// <exception cref="MnistException">
    /// The path is of another provider (<c>NotFileSystemPath</c>), or the engine does not know its drive (<c>DriveNotFound</c>).
    /// </exception>
    protected string Resolve(string path)
    {
        // PowerShell accepts both slashes, but only its own before two colons. In another provider's drive it would look up a full path there.
        string normal = SessionState.Path.IsProviderQualified(path) ? path : path.Replace('\\', Path.DirectorySeparatorChar);
        return Path.IsPathFullyQualified(normal)
            ? normal
            : AskEngine(path, () => (SessionState.Path.GetUnresolvedProviderPathFromPSPath(normal, out ProviderInfo provider, out _), provider));
    }

    /// <summary>Resolves a user's path to write to. Wildcards match an existing file.</summary>
    /// <exception cref="MnistException">As <see cref="Resolve"/>, or the wildcards match none or several (<c>NotOnePath</c>).</exception>
    protected string ResolveOne(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return Resolve(path);
        }

        Collection<string> matches = AskEngine(path, () => (GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider), provider));
        return matches is [string one] ? one : throw new MnistException(nameof(Messages.NotOnePath), Fault.InvalidArgument,
            string.Format(Messages.Culture, Messages.NotOnePath, path, matches.Count), path);
    }

    /// <summary>Resolves wildcards to paths of the file system.</summary>
    /// <exception cref="MnistException">As <see cref="Resolve"/>, or nothing matches (<c>NoMatch</c>).</exception>
    private Collection<string> Match(string path)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(path))
        {
            return [Resolve(path)];
        }

        Collection<string> matches = AskEngine(path, () => (GetResolvedProviderPathFromPSPath(path, out ProviderInfo provider), provider));
        return matches.Count > 0
            ? matches
            : throw new MnistException(nameof(Messages.NoMatch), Fault.NotFound, string.Format(Messages.Culture, Messages.NoMatch, path), path);
    }

    private static T AskEngine<T>(string path, Func<(T Answer, ProviderInfo Provider)> ask)
    {
        try
        {
            (T answer, ProviderInfo provider) = ask();
            return provider.Name == "FileSystem"
                ? answer
                : throw NotFileSystemPath(path, $"its provider is {provider.Name}.", null);
        }
        catch (Exception e) when (e is IContainsErrorRecord)
        {
            throw NotFileSystemPath(path, e.Message, e);
        }
    }

    private static MnistException NotFileSystemPath(string path, string reason, Exception? cause) => new(
        (cause as IContainsErrorRecord)?.ErrorRecord.FullyQualifiedErrorId ?? nameof(Messages.NotFileSystemPath), Fault.InvalidArgument,
        string.Format(Messages.Culture, Messages.NotFileSystemPath, path, reason), path, cause);

    private static ErrorCategory Category(Fault fault) => fault switch
    {
        Fault.InvalidArgument => ErrorCategory.InvalidArgument,
        Fault.InvalidData => ErrorCategory.InvalidData,
        Fault.NotFound => ErrorCategory.ObjectNotFound,
        Fault.AlreadyExists => ErrorCategory.ResourceExists,
        Fault.Read => ErrorCategory.ReadError,
        Fault.Write => ErrorCategory.WriteError,
        Fault.Connection => ErrorCategory.ConnectionError,
        Fault.InvalidResult => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };
}
