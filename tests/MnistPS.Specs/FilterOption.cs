using Microsoft.Testing.Platform.CommandLine;
using Microsoft.Testing.Platform.Extensions;
using Microsoft.Testing.Platform.Extensions.CommandLine;

namespace MnistPS.Specs;

/// <summary>The option <c>--filter</c>: the tests to run, by name.</summary>
internal sealed class FilterOption : ICommandLineOptionsProvider
{
    /// <summary>The option's name.</summary>
    public const string Name = "filter";

    public string Uid => nameof(FilterOption);

    public string Version => "1.0";

    public string DisplayName => "Pester's filter";

    public string Description => "Chooses tests by their names.";

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public IReadOnlyCollection<CommandLineOption> GetCommandLineOptions() =>
    [
        new(Name, "Runs the tests whose full name is like one of these: --filter \"*decimal comma*\"", ArgumentArity.OneOrMore, isHidden: false),
    ];

    public Task<ValidationResult> ValidateOptionArgumentsAsync(CommandLineOption commandOption, string[] arguments) => ValidationResult.ValidTask;

    public Task<ValidationResult> ValidateCommandLineOptionsAsync(ICommandLineOptions commandLineOptions) => ValidationResult.ValidTask;
}
