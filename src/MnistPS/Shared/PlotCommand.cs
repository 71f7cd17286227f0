using System.Management.Automation;
using MnistPS.Plots;

namespace MnistPS.Commands;

/// <summary>What the cmdlets that draw plots share: what they draw.</summary>
public abstract class PlotCommand : TerminalCommand
{
    private bool _hasInput;

    /// <summary>Metrics, metrics files, networks, predictions, images.</summary>
    public abstract object?[]? InputObject { get; set; }

    /// <summary>The property whose values tell runs apart, such as the learning rate of a sweep.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Group { get; set; }

    /// <summary>A heading.</summary>
    [Parameter]
    [AllowEmptyString]
    public string? Title { get; set; }

    /// <summary>The cmdlet with its parameters, as a message shows it behind a pipe.</summary>
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
            // What came and was of no use has been reported, each.
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
    /// <exception cref="MnistException">It cannot be.</exception>
    private protected abstract void Show(Plot plot);
}
