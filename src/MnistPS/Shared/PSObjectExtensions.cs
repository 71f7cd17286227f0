using System.Management.Automation;

namespace MnistPS;

/// <summary>The way from what the engine hands over to what a user put in.</summary>
internal static class PSObjectExtensions
{
    /// <summary>The object itself, where the engine has wrapped it.</summary>
    public static object? Unwrap(this object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
