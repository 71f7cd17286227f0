namespace MnistPS;

/// <summary>The purpose of a file, which decides the ids and wording of its faults.</summary>
/// <param name="Id">Prefix of fault ids, such as <c>NetworkFile</c>.</param>
/// <param name="Name">What messages call it, such as <c>network file</c>.</param>
/// <param name="Parameter">The parameter that names it, such as <c>-Path</c>.</param>
internal sealed record FileRole(string Id, string Name, string Parameter)
{
    /// <summary>A network that is exported or imported.</summary>
    public static FileRole Network { get; } = new("NetworkFile", "network file", "-Path");

    /// <summary>The metrics of a training.</summary>
    public static FileRole Metrics { get; } = new("MetricsFile", "metrics file", "-MetricsPath");

    /// <summary>A training that can be resumed.</summary>
    public static FileRole Checkpoint { get; } = new("CheckpointFile", "checkpoint", "-CheckpointPath");

    /// <summary>The runs of a sweep.</summary>
    public static FileRole Sweep { get; } = new("SweepFile", "file of runs", "-Path");

    /// <summary>A picture of a plot.</summary>
    public static FileRole Picture { get; } = new("PictureFile", "picture file", "-Path");

    /// <summary>A page to draw on.</summary>
    public static FileRole Page { get; } = new("PageFile", "page file", "-Path");

    /// <summary>A report on a network.</summary>
    public static FileRole Report { get; } = new("ReportFile", "report file", "-Path");

    /// <summary>The folder of a data set.</summary>
    public static FileRole Dataset { get; } = new("DatasetFolder", "data set's folder", "-Path");

    /// <summary>The file exists, and may not be replaced.</summary>
    public MnistException Exists(string path)
        => new($"{Id}Exists", Fault.AlreadyExists, $"The {Name} '{path}' is there already. Give another {Parameter}, or -Force to replace it.", path);

    /// <summary>The file cannot be written.</summary>
    public MnistException NotWritable(string path, Exception cause) => NotWritable(path, cause, FileFault.Reason(path, cause));

    /// <summary>The file cannot be written, for a reason given as a sentence.</summary>
    public MnistException NotWritable(string path, Exception cause, string reason)
        => new($"{Id}NotWritable", Fault.Write,
            $"The {Name} '{path}' cannot be written: {reason} Give a {Parameter} in a folder that is there, that has room, and that you may write to.",
            path, cause);

    /// <summary>The file does not exist, or cannot be read.</summary>
    public MnistException NotReadable(string path, Exception cause)
        => cause is FileNotFoundException or DirectoryNotFoundException
            ? new($"{Id}NotFound", Fault.NotFound, $"There is no {Name} '{path}'. Give {Parameter} one that is there.", path, cause)
            : new($"{Id}NotReadable", Fault.Read,
                $"The {Name} '{path}' cannot be read: {FileFault.Reason(path, cause)} Give {Parameter} one that you may read.", path, cause);
}
