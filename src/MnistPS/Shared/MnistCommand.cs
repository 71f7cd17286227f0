using System.Collections.ObjectModel;
using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>What every cmdlet of the module shares: the way from a fault to an error record, and from a stop to the work.</summary>
public abstract class MnistCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Ends the work: the pipeline is stopped.</summary>
    protected CancellationToken Cancellation => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Lets go of what the cmdlet holds.</summary>
    protected virtual void Dispose(bool disposing) => _stop.Dispose();

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Does what makes no sense to go on after: a fault, or a lack of memory, ends the pipeline.</summary>
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

    /// <summary>Does what concerns one input among many: a fault is reported, and the others go on.</summary>
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

    /// <summary>The error record of an object in the pipeline that the cmdlet cannot use; the others go on.</summary>
    /// <param name="item">The object as the engine hands it over, or null.</param>
    /// <param name="expected">What would have been of use, such as <c>an image</c>.</param>
    protected internal static ErrorRecord ForeignObject(object? item, string expected)
    {
        object? bare = item.Unwrap();
        string message = DeserializedObject.Explain(item)
            ?? string.Format(Messages.Culture, Messages.ForeignObject, bare?.GetType().FullName ?? "null", expected);
        return new ErrorRecord(new ArgumentException(message), nameof(Messages.ForeignObject), ErrorCategory.InvalidType, bare);
    }

    /// <summary>Refuses two parameters that contradict each other.</summary>
    /// <exception cref="MnistException">Both were given (<c>ContradictingParameters</c>).</exception>
    protected static void RefuseBoth(string first, bool hasFirst, string second, bool hasSecond)
    {
        if (hasFirst && hasSecond)
        {
            throw new MnistException("ContradictingParameters", Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.ContradictingParameters, first, second));
        }
    }

    /// <summary>Does what concerns one path among many, for each; a fault is reported, and the others go on.</summary>
    /// <param name="paths">Paths as a user gave them.</param>
    /// <param name="isLiteral">Whether they are names as they stand; else wildcards stand for all that match.</param>
    /// <param name="work">What to do, with the file system's path.</param>
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

    /// <summary>The file system's path for one that a user gave: the session's location is not the process's, and need not be in the file system.</summary>
    /// <exception cref="MnistException">
    /// It is a path of another provider (<c>NotFileSystemPath</c>), or one that the engine does not know, by the engine's id (<c>DriveNotFound</c>).
    /// </exception>
    protected string Resolve(string path)
    {
        // PowerShell takes both slashes, but before two colons only its own. Where the session is in another provider's drive, it would look there
        // for a full path too.
        string normal = SessionState.Path.IsProviderQualified(path) ? path : path.Replace('\\', Path.DirectorySeparatorChar);
        return Path.IsPathFullyQualified(normal)
            ? normal
            : AskEngine(path, () => (SessionState.Path.GetUnresolvedProviderPathFromPSPath(normal, out ProviderInfo provider, out _), provider));
    }

    /// <summary>The file system's path for one to write to, whose wildcards stand for a file that is there.</summary>
    /// <exception cref="MnistException">As for <see cref="Resolve"/>, or they stand for none or several (<c>NotOnePath</c>).</exception>
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

    /// <summary>The file system's paths that match one with wildcards.</summary>
    /// <exception cref="MnistException">As for <see cref="Resolve"/>, or nothing matches (<c>NoMatch</c>).</exception>
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
