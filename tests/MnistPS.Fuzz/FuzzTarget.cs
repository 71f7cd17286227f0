namespace MnistPS.Fuzz;

/// <summary>A reader of files or text of others. A target is one small class; see <see cref="FuzzTests"/>.</summary>
public abstract class FuzzTarget
{
    /// <summary>The name, and that of its folder in <c>corpus</c>.</summary>
    public abstract string Name { get; }

    /// <summary>Valid inputs. The folder in <c>corpus</c> has damaged ones.</summary>
    public abstract IEnumerable<byte[]> Sound();

    /// <summary>Repairs a mutated input so that it passes the first checksum. By default it is unchanged.</summary>
    public virtual byte[] Repair(byte[] input) => input;

    /// <summary>Reads an input. An accepted one must be usable: it is used, trained, written and read again.</summary>
    /// <returns>Whether it was read.</returns>
    /// <exception cref="MnistException">It is refused.</exception>
    public abstract bool Read(byte[] input);

    /// <summary>Reports that accepted input is unusable.</summary>
    protected static void Require(bool isMet, string what)
    {
        if (!isMet)
        {
            throw new InvalidOperationException(what);
        }
    }
}
