using System.Collections;
using System.Globalization;

namespace MnistPS.Sweeps;

/// <summary>All combinations of the values of some parameters. The last parameter varies fastest.</summary>
internal sealed class SweepGrid
{
    /// <summary>The maximum number of combinations, so that each is one of the 2⁵³ values of a draw.</summary>
    public const long Limit = 1L << 53;

    private readonly object?[][] _values;

    /// <summary>Creates a grid.</summary>
    /// <param name="parameters">The parameters, each with at least one value.</param>
    /// <exception cref="MnistException">A parameter has no value (<c>SweepSettingEmpty</c>), or there are too many combinations (<c>SweepTooLarge</c>).</exception>
    public SweepGrid(IEnumerable<(string Name, object?[] Values)> parameters)
    {
        (string Name, object?[] Values)[] all = [.. parameters];
        Names = [.. all.Select(parameter => parameter.Name)];
        _values = [.. all.Select(parameter => parameter.Values)];
        Count = 1;
        foreach ((string name, object?[] values) in all)
        {
            if (values.Length == 0)
            {
                throw new MnistException("SweepSettingEmpty", Fault.InvalidArgument, $"The setting '{name}' has no value. Give it one or more, or leave it out.", name);
            }

            if (Count > Limit / values.Length)
            {
                throw new MnistException("SweepTooLarge", Fault.InvalidArgument, $"The settings have more than {Limit} combinations. Give fewer values.");
            }

            Count *= values.Length;
        }
    }

    /// <summary>The parameters.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The number of combinations.</summary>
    public long Count { get; }

    /// <summary>The values of a parameter; none if it is not of the grid.</summary>
    public IReadOnlyList<object?> ValuesOf(string name) => Names.Index().Where(each => each.Item == name).SelectMany(each => _values[each.Index]).ToArray();

    /// <summary>A combination: a value for each parameter.</summary>
    public object?[] this[long index]
    {
        get
        {
            object?[] settings = new object?[_values.Length];
            for (int i = _values.Length - 1; i >= 0; i--)
            {
                (index, long place) = Math.DivRem(index, _values[i].Length);
                settings[i] = _values[i][place];
            }

            return settings;
        }
    }

    /// <summary>The combinations, in order.</summary>
    public IEnumerable<object?[]> All()
    {
        for (long i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <summary>Combinations chosen at random without replacement, in the order of the draws; all if there are no more.</summary>
    /// <param name="count">The number of combinations.</param>
    /// <param name="seed">The seed of the choice.</param>
    public IEnumerable<object?[]> Sample(int count, ulong seed)
    {
        if (count >= Count)
        {
            return All();
        }

        NumPyGenerator generator = new(seed);
        HashSet<long> chosen = [];
        List<object?[]> settings = [];
        while (settings.Count < count)
        {
            long index = (long)(generator.NextDouble() * Count);
            if (chosen.Add(index))
            {
                settings.Add(this[index]);
            }
        }

        return settings;
    }

    /// <summary>A value as a string in the invariant culture, with commas between the elements of an array.</summary>
    public static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(TextOf)),
        _ => value.ToString() ?? "",
    };
}
