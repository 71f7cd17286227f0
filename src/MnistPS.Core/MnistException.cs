namespace MnistPS;

/// <summary>A fault that a user can understand and correct. The message says what is wrong, where, what was expected, and what to do.</summary>
public sealed class MnistException : Exception
{
    /// <summary>Creates a fault with a stable id.</summary>
    /// <param name="id">A name that scripts may rely on, such as <c>NotIdxFile</c>.</param>
    /// <param name="fault">The kind of fault.</param>
    /// <param name="message">What is wrong, where, what was expected, what to do.</param>
    /// <param name="target">The object at fault, if there is one.</param>
    /// <param name="innerException">The exception that caused it, if any.</param>
    public MnistException(string id, Fault fault, string message, object? target = null, Exception? innerException = null)
        : base(message, innerException)
    {
        Id = id;
        Fault = fault;
        Target = target;
    }

    /// <summary>A name that scripts may rely on.</summary>
    public string Id { get; }

    /// <summary>The kind of fault.</summary>
    public Fault Fault { get; }

    /// <summary>The object at fault: a path, a value, a layer.</summary>
    public object? Target { get; }
}
