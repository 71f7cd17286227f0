using System.Collections.ObjectModel;
using MnistPS.Networks;

namespace MnistPS;

/// <summary>The parameters of a network, layer by layer, by index and by name.</summary>
public sealed class NetworkParameters : ReadOnlyCollection<NetworkParameter>
{
    internal NetworkParameters(MnistNetwork network)
        : base([.. NetworkTensor.ParametersOf(network.Definition).Select((tensor, place) => new NetworkParameter(network, tensor, place))])
    {
    }

    /// <summary>
    /// The <see cref="NetworkParameter"/> of a name, such as <c>0.weight</c>. An assignment replaces its values by those of another parameter or of an
    /// array; it is why the type is <c>object</c>.
    /// </summary>
    /// <exception cref="MnistException">
    /// There is no such parameter (<c>ParameterNotFound</c>), for which PowerShell reads null; or as for <see cref="NetworkParameter.Assign"/>.
    /// </exception>
    public object this[string name]
    {
        get => Find(name);
        set => Find(name).Assign(value);
    }

    private NetworkParameter Find(string name) => this.FirstOrDefault(parameter => parameter.Name == name)
        ?? throw new MnistException("ParameterNotFound", Fault.NotFound,
            $"The network has no parameter '{name}'; one of {string.Join(", ", this.Select(parameter => parameter.Name))} was expected.", name);
}
