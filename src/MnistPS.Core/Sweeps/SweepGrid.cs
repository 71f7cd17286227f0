using System.Collections;
using System.Globalization;

namespace MnistPS.Sweeps;

/// <summary>Settings of trainings: some values for each of some parameters, and all their combinations. The last parameter varies fastest.</summary>
internal sealed class SweepGrid
{
    /// <summary>The most combinations: each is then one of a draw's 2⁵³ values.</summary>
    public const long Limit = 1L << 53;

    private readonly object?[][] _values;

    /// <summary>A grid.</summary>
    /// <param name="parameters">The parameters with their values, at least one each.</param>
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

    /// <summary>How many combinations there are.</summary>
    public long Count { get; }

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

    /// <summary>Combinations chosen at random, none twice, in the order in which they are drawn; all of them where there are no more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">The same seed chooses the same ones.</param>
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

    /// <summary>A value as a file of runs has it: in the invariant culture, the elements of an array with commas between them.</summary>
    public static string TextOf(object? value) => value switch
    {
        null => "",
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(TextOf)),
        _ => value.ToString() ?? "",
    };
}
