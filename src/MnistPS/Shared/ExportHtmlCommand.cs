using System.Collections.ObjectModel;
using System.ComponentModel;
using System.Diagnostics;
using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>The base of cmdlets that write a network into an HTML file.</summary>
public abstract class ExportHtmlCommand : MnistCommand
{
    /// <summary>The parameter set with wildcards.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set without wildcards.</summary>
    protected const string LiteralPathSet = "LiteralPath";

    private static readonly string[] _endings = [".html", ".htm"];

    private bool _isWritten;

    /// <summary>The file. Wildcards match an existing one.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string Path { get; set; } = null!;

    /// <summary>The file, without wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    [PathText]
    public string LiteralPath { get; set; } = null!;

    /// <summary>The network.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    [LiveObject<MnistNetwork>]
    public MnistNetwork Network { get; set; } = null!;

    /// <summary>The title.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <summary>Replaces an existing file.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Returns the file.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Opens the file in the default browser.</summary>
    [Parameter]
    public SwitchParameter Show { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Do(() =>
    {
        string path = ParameterSetName == LiteralPathSet ? Resolve(LiteralPath) : ResolveOne(Path);
        string ending = System.IO.Path.GetExtension(path);
        if (ending.Length > 0 && !_endings.Contains(ending, StringComparer.OrdinalIgnoreCase))
        {
            // A browser shows only HTML files as pages.
            throw new MnistException(nameof(Messages.NotHtml), Fault.InvalidArgument, string.Format(Messages.Culture, Messages.NotHtml, path, ending), path);
        }

        if (_isWritten)
        {
            throw new MnistException(nameof(Messages.OneNetworkAPage), Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.OneNetworkAPage, path, Example("\"$($_.Seed).html\"")), Network);
        }

        _isWritten = true;
        if (ShouldProcess(path, MyInvocation.MyCommand.Name))
        {
            Write(path);
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }

            if (Show)
            {
                DoForOne(() => Open(path));
            }
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => Do(() =>
    {
        if (!_isWritten)
        {
            throw new MnistException(nameof(Messages.NoNetwork), Fault.InvalidArgument,
                string.Format(Messages.Culture, Messages.NoNetwork, Example("file.html")));
        }
    });

    /// <summary>An example command line after a pipe with a network.</summary>
    private protected abstract string Example(string path);

    /// <summary>Writes the file.</summary>
    protected abstract void Write(string path);

    private static void Open(string path)
    {
        try
        {
            // As a URI: the shell would run an executable file by its path.
            using Process? browser = Process.Start(new ProcessStartInfo(new Uri(path).AbsoluteUri) { UseShellExecute = true });
        }
        catch (Exception e) when (e is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            throw new MnistException(nameof(Messages.CannotShow), Fault.NotFound,
                string.Format(Messages.Culture, Messages.CannotShow, path, e.Message), path, e);
        }
    }
}
