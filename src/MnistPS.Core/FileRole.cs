namespace MnistPS;

/// <summary>What a file is to the user, and so what a fault of it is called and says.</summary>
/// <param name="Id">What the ids of its faults begin with, such as <c>NetworkFile</c>.</param>
/// <param name="Name">What messages call it, such as <c>network file</c>.</param>
/// <param name="Parameter">The parameter that names it, such as <c>-Path</c>.</param>
internal sealed record FileRole(string Id, string Name, string Parameter)
{
    /// <summary>A network that is exported or imported.</summary>
    public static FileRole Network { get; } = new("NetworkFile", "network file", "-Path");

    /// <summary>The metrics of a training.</summary>
    public static FileRole Metrics { get; } = new("MetricsFile", "metrics file", "-MetricsPath");

    /// <summary>A training that can go on.</summary>
    public static FileRole Checkpoint { get; } = new("CheckpointFile", "checkpoint", "-CheckpointPath");

    /// <summary>A picture of a plot.</summary>
    public static FileRole Picture { get; } = new("PictureFile", "picture file", "-Path");

    /// <summary>A page to draw on.</summary>
    public static FileRole Page { get; } = new("PageFile", "page file", "-Path");

    /// <summary>A report on a network.</summary>
    public static FileRole Report { get; } = new("ReportFile", "report file", "-Path");

    /// <summary>A folder that a data set is written into.</summary>
    public static FileRole Dataset { get; } = new("DatasetFolder", "data set's folder", "-Path");

    /// <summary>It is there already, and may not be replaced.</summary>
    public MnistException Exists(string path)
        => new($"{Id}Exists", Fault.AlreadyExists, $"The {Name} '{path}' is there already. Give another {Parameter}, or -Force to replace it.", path);

    /// <summary>The system refuses to write it.</summary>
    public MnistException NotWritable(string path, Exception cause) => NotWritable(path, cause, FileFault.Reason(path, cause));

    /// <summary>The system refuses to write it, for a reason that is told as a clause with a full stop.</summary>
    public MnistException NotWritable(string path, Exception cause, string reason)
        => new($"{Id}NotWritable", Fault.Write,
            $"The {Name} '{path}' cannot be written: {reason} Give a {Parameter} in a folder that is there, that has room, and that you may write to.",
            path, cause);

    /// <summary>It is not there, or the system refuses to read it.</summary>
    public MnistException NotReadable(string path, Exception cause)
        => cause is FileNotFoundException or DirectoryNotFoundException
            ? new($"{Id}NotFound", Fault.NotFound, $"There is no {Name} '{path}'. Give {Parameter} one that is there.", path, cause)
            : new($"{Id}NotReadable", Fault.Read,
                $"The {Name} '{path}' cannot be read: {FileFault.Reason(path, cause)} Give {Parameter} one that you may read.", path, cause);
}
