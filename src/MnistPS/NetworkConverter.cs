using System.Management.Automation;
using MnistPS.Formats;

namespace MnistPS;

/// <summary>Makes a network again of what a serializer has kept of it; <c>MnistPS.Types.ps1xml</c> tells the engine.</summary>
public sealed class NetworkConverter : PSTypeConverter
{
    private const string State = nameof(State);

    /// <summary>What a serializer keeps of a network.</summary>
    public static byte[] GetState(PSObject network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return SavedNetwork.Write((MnistNetwork)network.BaseObject);
    }

    /// <inheritdoc/>
    public override bool CanConvertFrom(object? sourceValue, Type destinationType) => StateOf(sourceValue) is not null;

    /// <inheritdoc/>
    /// <exception cref="MnistException">It is not all of a network (<c>NotASavedNetwork</c>).</exception>
    public override object ConvertFrom(object? sourceValue, Type destinationType, IFormatProvider? formatProvider, bool ignoreCase)
        => SavedNetwork.Read(StateOf(sourceValue) ?? []);

    /// <inheritdoc/>
    public override bool CanConvertTo(object? sourceValue, Type destinationType) => false;

    /// <inheritdoc/>
    public override object ConvertTo(object? sourceValue, Type destinationType, IFormatProvider? formatProvider, bool ignoreCase)
        => throw new NotSupportedException();

    private static byte[]? StateOf(object? value) => (value as PSObject)?.Properties[State]?.Value.Unwrap() as byte[];
}
