namespace MnistPS.Fuzz;

/// <summary>Something of the module that reads what others wrote. A target is one small class; see <see cref="FuzzTests"/>.</summary>
public abstract class FuzzTarget
{
    /// <summary>The name, which is also that of its folder in <c>corpus</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Sound inputs, made here. The folder in <c>corpus</c> has damaged ones.</summary>
    public abstract IEnumerable<byte[]> Sound();

    /// <summary>Brings a mutated input further than to the first checksum; as it is by default.</summary>
    public virtual byte[] Repair(byte[] input) => input;

    /// <summary>
    /// Reads an input. What is not refused must be of use: it is used, trained, written and read again.
    /// </summary>
    /// <returns>Whether it was read.</returns>
    /// <exception cref="MnistException">It is refused.</exception>
    public abstract bool Read(byte[] input);

    /// <summary>Says that something that was read is of no use.</summary>
    protected static void Require(bool isMet, string what)
    {
        if (!isMet)
        {
            throw new InvalidOperationException(what);
        }
    }
}
