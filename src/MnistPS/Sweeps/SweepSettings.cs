using System.Collections;
using System.Collections.Specialized;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using MnistPS.Commands;
using MnistPS.Networks;
using MnistPS.Sweeps;

namespace MnistPS;

/// <summary>The settings of a sweep: parameters of New-MnistNetwork and Invoke-MnistTraining.</summary>
internal static class SweepSettings
{
    // An error lists no more faults than this.
    private const int MostFaults = 10;

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

    private static readonly Dictionary<string, Setting> _ofNetwork = SettingsOf(typeof(NewMnistNetworkCommand));
    private static readonly Dictionary<string, Setting> _ofTraining = SettingsOf(typeof(InvokeMnistTrainingCommand));

    // A network with probabilities and no batch normalization takes every training. It is in the place of one that cannot be made.
    private static readonly NetworkDefinition _anyNetwork = new NetworkOptions { Preset = NetworkPreset.Mlp }.Define();

    /// <summary>The parameters of New-MnistNetwork.</summary>
    public static IReadOnlySet<string> OfNetwork { get; } = _ofNetwork.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The parameters of Invoke-MnistTraining.</summary>
    public static IReadOnlySet<string> OfTraining { get; } = _ofTraining.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The grid of a user's settings. The seed and the share of validation images have defaults.</summary>
    /// <param name="settings">The parameters with their values.</param>
    /// <exception cref="MnistException">
    /// Names are no such parameters, or values are not of their types (<c>SweepSettingsDoNotFit</c>), or as <see cref="SweepGrid"/>.
    /// </exception>
    public static SweepGrid Grid(IDictionary settings)
    {
        // A hashtable has no order.
        IEnumerable<(string Name, object? Value)> pairs = settings.Keys.Cast<object>().Select(key => (key.ToString()!, settings[key]));
        List<(string Name, object?[] Values)> parameters = [];
        List<string> faults = [];
        foreach ((string given, object? value) in settings is IOrderedDictionary ? pairs : pairs.OrderBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase))
        {
            if ((_ofNetwork.GetValueOrDefault(given) ?? _ofTraining.GetValueOrDefault(given)) is not { } setting)
            {
                faults.Add(string.Format(Messages.Culture, Messages.UnknownSweepSetting, given, string.Join(", ", OfNetwork.Union(OfTraining).Order())));
                continue;
            }

            object?[] values = ValuesOf(value);
            faults.AddRange(values.Select(setting.FaultOf).OfType<string>());
            parameters.Add((setting.Name, values));
        }

        Require(faults);
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

    /// <summary>Checks the values of runs, as the two cmdlets do before they begin.</summary>
    /// <param name="runs">The runs.</param>
    /// <param name="dataset">The data set.</param>
    /// <param name="cancellation">Cancels the work.</param>
    /// <exception cref="MnistException">Values are out of range, or contradict each other (<c>SweepSettingsDoNotFit</c>).</exception>
    public static void Check(IEnumerable<SweepRun> runs, MnistDataset dataset, CancellationToken cancellation)
    {
        List<string> faults = [];
        foreach (SweepRun run in runs)
        {
            cancellation.ThrowIfCancellationRequested();
            faults.AddRange(FaultsOf(run, dataset).Select(MessageOf).Except(faults));
            if (faults.Count > MostFaults)
            {
                break;
            }
        }

        Require(faults);
    }

    // An array of layers is one value only if it is in another array.
    private static string MessageOf(MnistException fault) => fault.Id == "LayersDoNotFit" ? $"{fault.Message} {Messages.SweepLayers}" : fault.Message;

    private static List<MnistException> FaultsOf(SweepRun run, MnistDataset dataset)
    {
        List<MnistException> faults = [];
        using NewMnistNetworkCommand network = Bind<NewMnistNetworkCommand>(run.ArgumentsOf(OfNetwork), _ofNetwork);
        using InvokeMnistTrainingCommand training = Bind<InvokeMnistTrainingCommand>(run.ArgumentsOf(OfTraining), _ofTraining);

        NetworkDefinition definition = _anyNetwork;
        NetworkOptions options = network.Options();
        faults.AddRange(options.Faults());
        if (faults.Count == 0)
        {
            Try(() => definition = options.Define());
        }

        Try(() => faults.AddRange(training.Options(TrainingOptions.For(definition), dataset.Training.Count).Faults(definition, dataset)));
        return faults;

        void Try(Action work)
        {
            try
            {
                work();
            }
            catch (MnistException fault)
            {
                faults.Add(fault);
            }
        }
    }

    private static T Bind<T>(Hashtable arguments, Dictionary<string, Setting> settings)
        where T : PSCmdlet, new()
    {
        T cmdlet = new();
        foreach (DictionaryEntry argument in arguments)
        {
            settings[(string)argument.Key].Bind(cmdlet, argument.Value);
        }

        return cmdlet;
    }

    private static void Require(List<string> faults)
    {
        if (faults.Count > 0)
        {
            IEnumerable<string> lines = faults.Count > MostFaults ? faults.Take(MostFaults).Append(Messages.MoreSweepFaults) : faults;
            throw new MnistException(nameof(Messages.SweepSettingsDoNotFit), Fault.InvalidArgument, string.Format(
                Messages.Culture, Messages.SweepSettingsDoNotFit, string.Concat(lines.Select(line => $"{Environment.NewLine}- {line}"))));
        }
    }

    private static object?[] ValuesOf(object? value) => value.Unwrap() switch
    {
        IEnumerable list and not (string or IDictionary) => [.. list.Cast<object?>().Select(item => item.Unwrap())],
        object one => [one],
        null => [],
    };

    private static Dictionary<string, Setting> SettingsOf(Type command) => command.GetProperties()
        .Where(property => property.IsDefined(typeof(ParameterAttribute)) && !_others.Contains(property.Name))
        .ToDictionary(property => property.Name, property => new Setting(property), StringComparer.OrdinalIgnoreCase);

    /// <summary>A parameter of a cmdlet, which takes values as PowerShell binds them.</summary>
    private sealed class Setting(PropertyInfo parameter)
    {
        private readonly ArgumentTransformationAttribute[] _transformations = [.. parameter.GetCustomAttributes<ArgumentTransformationAttribute>()];

        /// <summary>Its name.</summary>
        public string Name => parameter.Name;

        /// <summary>Sets the parameter of a cmdlet that is in no pipeline.</summary>
        public void Bind(PSCmdlet cmdlet, object? value)
        {
            object? bound = Convert(value);
            parameter.SetValue(cmdlet, bound);
            cmdlet.MyInvocation.BoundParameters[Name] = bound;
        }

        /// <summary>Why it does not take a value, or null.</summary>
        public string? FaultOf(object? value)
        {
            try
            {
                _ = Convert(value);
                return null;
            }
            catch (Exception e) when (e is ArgumentTransformationMetadataException or PSInvalidCastException)
            {
                return string.Format(Messages.Culture, Messages.BadSweepValue, Name, SweepGrid.TextOf(value), e.Message);
            }
        }

        private object? Convert(object? value)
        {
            foreach (ArgumentTransformationAttribute transformation in _transformations)
            {
                value = transformation.Transform(null, value);
            }

            return value is null ? null : LanguagePrimitives.ConvertTo(value, parameter.PropertyType, CultureInfo.InvariantCulture);
        }
    }
}
