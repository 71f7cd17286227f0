using System.Collections;
using System.Management.Automation;
using System.Reflection;
using MnistPS.Commands;
using MnistPS.Sweeps;

namespace MnistPS;

/// <summary>The settings of a sweep: parameters of New-MnistNetwork and Invoke-MnistTraining.</summary>
internal static class SweepSettings
{
    // Parameters that the sweep sets itself, those of files, and those with live objects of this process.
    private static readonly string[] _others =
    [
        nameof(InvokeMnistTrainingCommand.Dataset), nameof(InvokeMnistTrainingCommand.Network), nameof(InvokeMnistTrainingCommand.Validation), nameof(InvokeMnistTrainingCommand.ThrottleLimit),
        nameof(InvokeMnistTrainingCommand.PassThru), nameof(InvokeMnistTrainingCommand.Force), nameof(InvokeMnistTrainingCommand.MetricsPath),
        nameof(InvokeMnistTrainingCommand.Append), nameof(InvokeMnistTrainingCommand.CheckpointPath), nameof(InvokeMnistTrainingCommand.CheckpointEvery),
        nameof(InvokeMnistTrainingCommand.Resume),
    ];

    private static readonly object _defaultSeed = 1;
    private static readonly object _defaultValidationFraction = 0.1;

    /// <summary>The parameters of New-MnistNetwork.</summary>
    public static IReadOnlySet<string> OfNetwork { get; } = ParametersOf(typeof(NewMnistNetworkCommand));

    /// <summary>The parameters of Invoke-MnistTraining.</summary>
    public static IReadOnlySet<string> OfTraining { get; } = ParametersOf(typeof(InvokeMnistTrainingCommand));

    /// <summary>The grid of a user's settings. The seed and the share of validation images have defaults.</summary>
    /// <param name="settings">The parameters with their values.</param>
    /// <exception cref="MnistException">A name is no such parameter (<c>UnknownSweepSetting</c>), or as <see cref="SweepGrid"/>.</exception>
    public static SweepGrid Grid(IDictionary settings)
    {
        List<(string Name, object?[] Values)> parameters = [];
        foreach (DictionaryEntry setting in settings)
        {
            string given = setting.Key.ToString()!;
            string name = OfNetwork.Concat(OfTraining).FirstOrDefault(known => known.Equals(given, StringComparison.OrdinalIgnoreCase))
                ?? throw new MnistException(nameof(Messages.UnknownSweepSetting), Fault.InvalidArgument, string.Format(
                    Messages.Culture, Messages.UnknownSweepSetting, given, string.Join(", ", OfNetwork.Union(OfTraining).Order())), given);
            parameters.Add((name, ValuesOf(setting.Value)));
        }

        // A hashtable has no order.
        if (settings is not System.Collections.Specialized.IOrderedDictionary)
        {
            parameters.Sort((left, right) => string.CompareOrdinal(left.Name, right.Name));
        }

        if (!Has(nameof(NewMnistNetworkCommand.Seed)))
        {
            parameters.Add((nameof(NewMnistNetworkCommand.Seed), [_defaultSeed]));
        }

        if (!Has(nameof(InvokeMnistTrainingCommand.ValidationCount)) && !Has(nameof(InvokeMnistTrainingCommand.ValidationFraction)))
        {
            parameters.Add((nameof(InvokeMnistTrainingCommand.ValidationFraction), [_defaultValidationFraction]));
        }

        return new SweepGrid(parameters);

        bool Has(string name) => parameters.Exists(parameter => parameter.Name == name);
    }

    private static object?[] ValuesOf(object? value) => value.Unwrap() switch
    {
        IEnumerable list and not (string or IDictionary) => [.. list.Cast<object?>().Select(item => item.Unwrap())],
        object one => [one],
        null => [],
    };

    private static HashSet<string> ParametersOf(Type command) => new(
        command.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute)) && !_others.Contains(property.Name)).Select(property => property.Name),
        StringComparer.OrdinalIgnoreCase);
}
