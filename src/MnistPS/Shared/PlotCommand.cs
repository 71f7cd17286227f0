using System.Management.Automation;
using MnistPS.Plots;

namespace MnistPS.Commands;

/// <summary>The base of cmdlets that draw plots.</summary>
public abstract class PlotCommand : TerminalCommand
{
    private bool _hasInput;

    /// <summary>Metrics, metrics files, networks, predictions or images.</summary>
    public abstract object?[]? InputObject { get; set; }

    /// <summary>The property that distinguishes runs, such as the learning rate of a sweep.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <summary>A heading.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>An example command line after a pipe.</summary>
    private protected abstract string Example { get; }

    private protected PlotInput Input { get; set; } = null!;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject is null && !MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(InputObject)))
        {
            return;
        }

        foreach (object? item in InputObject ?? [null])
        {
            _hasInput = true;
            DoForOne(() =>
            {
                if (!Input.TryAdd(item))
                {
                    WriteError(ForeignObject(item, Input.Expected));
                }
            });
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => Do(() =>
    {
        if (Input.IsEmpty)
        {
            // Unusable input has been reported already.
            if (!_hasInput)
            {
                throw new MnistException(nameof(Messages.NothingCame), Fault.InvalidArgument,
                    string.Format(Messages.Culture, Messages.NothingCame, Input.Expected, Example));
            }

            return;
        }

        Plot plot = Input.ToPlot(Title);
        foreach (string warning in Input.Warnings(plot))
        {
            WriteWarning(warning);
        }

        Show(plot);
    });

    /// <summary>Draws the plot.</summary>
    /// <exception cref="MnistException">The plot cannot be drawn.</exception>
    private protected abstract void Show(Plot plot);
}
