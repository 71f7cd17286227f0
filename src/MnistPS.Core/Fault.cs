namespace MnistPS;

/// <summary>The kind of a fault. The cmdlets map it to an error category.</summary>
public enum Fault
{
    /// <summary>A value from the caller is out of range.</summary>
    InvalidArgument,

    /// <summary>A file or an object does not hold what it should.</summary>
    InvalidData,

    /// <summary>A named thing does not exist.</summary>
    NotFound,

    /// <summary>A file exists already and must not be replaced.</summary>
    AlreadyExists,

    /// <summary>The file system refused to read.</summary>
    Read,

    /// <summary>The file system refused to write.</summary>
    Write,

    /// <summary>No source on the network is usable.</summary>
    Connection,

    /// <summary>The work cannot continue because of an intermediate result.</summary>
    InvalidResult,
}
