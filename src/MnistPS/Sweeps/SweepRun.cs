using System.Collections;
using MnistPS.Sweeps;

namespace MnistPS;

/// <summary>A run of a sweep: the arguments of the two cmdlets that create and train its network.</summary>
/// <param name="names">The settings: parameters of New-MnistNetwork and Invoke-MnistTraining.</param>
/// <param name="values">Their values.</param>
internal sealed class SweepRun(IReadOnlyList<string> names, object?[] values)
{
    /// <summary>The values of the settings.</summary>
    public IReadOnlyList<object?> Values => values;

    /// <summary>The values as strings, for the file of the sweep.</summary>
    public IReadOnlyList<string> Texts { get; } = [.. values.Select(SweepGrid.TextOf)];

    /// <summary>A line without the data set, such as <c>HiddenSize 64, LearningRate 0.001</c>.</summary>
    public override string ToString() => string.Join(", ", names.Zip(Texts, (name, text) => $"{name} {text}").Skip(1));

    /// <summary>The settings that are parameters of a cmdlet.</summary>
    public Hashtable ArgumentsOf(IReadOnlySet<string> parameters)
    {
        Hashtable arguments = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < names.Count; i++)
        {
            if (parameters.Contains(names[i]))
            {
                arguments[names[i]] = values[i];
            }
        }

        return arguments;
    }
}
