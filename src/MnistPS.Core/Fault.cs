namespace MnistPS;

/// <summary>What sort of thing went wrong; the cmdlets translate it into an error category.</summary>
public enum Fault
{
    /// <summary>A value from the caller is outside what is allowed.</summary>
    InvalidArgument,

    /// <summary>A file or an object does not hold what it should.</summary>
    InvalidData,

    /// <summary>Something that was named is not there.</summary>
    NotFound,

    /// <summary>A file is there already and may not be replaced.</summary>
    AlreadyExists,

    /// <summary>The file system refused to read.</summary>
    Read,

    /// <summary>The file system refused to write.</summary>
    Write,

    /// <summary>No source on the network could be used.</summary>
    Connection,

    /// <summary>The work cannot go on, because of what it computed so far.</summary>
    InvalidResult,
}
