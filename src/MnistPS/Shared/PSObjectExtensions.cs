using System.Management.Automation;

namespace MnistPS;

/// <summary>Extensions of objects from the engine.</summary>
internal static class PSObjectExtensions
{
    /// <summary>The object without its PSObject wrapper.</summary>
    public static object? Unwrap(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
