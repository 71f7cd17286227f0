using System.Management.Automation;

namespace MnistPS.Commands;

/// <summary>What every cmdlet of the module shares: the way from a fault to an error record.</summary>
public abstract class MnistCommand : PSCmdlet
{
    /// <summary>The error record of a fault.</summary>
    protected static ErrorRecord ToErrorRecord(MnistException fault)
    {
        ArgumentNullException.ThrowIfNull(fault);
        return new ErrorRecord(fault, fault.Id, Category(fault.Fault), fault.Target);
    }

    private static ErrorCategory Category(Fault fault) => fault switch
    {
        Fault.InvalidArgument => ErrorCategory.InvalidArgument,
        Fault.InvalidData => ErrorCategory.InvalidData,
        Fault.NotFound => ErrorCategory.ObjectNotFound,
        Fault.AlreadyExists => ErrorCategory.ResourceExists,
        Fault.ReadWrite => ErrorCategory.WriteError,
        Fault.Connection => ErrorCategory.ConnectionError,
        Fault.InvalidResult => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };
}
