using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace MnistPS.Specs;

/// <summary>One <c>*.Tests.ps1</c> in a runspace of its own: read at once, run when its first outcome is asked for.</summary>
public sealed class SpecFile
{
    /// <summary>
    /// Finds the tests of a file. The frame opens a scope in the specs' session state, in which variables are set, set-up scripts are
    /// dot-sourced, nested work is done, and tear-down scripts are dot-sourced whatever happens; the runner's module builds everything from it.
    /// </summary>
    private const string Discovery = """
        param($path)
        Find-SpecTest $path {
            param($__variables, $__setUp, $__body, $__tearDown)
            foreach ($__name in $__variables.Keys) { $ExecutionContext.SessionState.PSVariable.Set($__name, $__variables[$__name]) }
            try {
                foreach ($__script in $__setUp) { . $__script }
                & $__body
            }
            finally {
                foreach ($__script in $__tearDown) { . $__script }
            }
        }
        """;

    private readonly Lazy<IReadOnlyList<SpecTest>> _outcomes;

    /// <summary>Opens a runspace and discovers the file's tests. A file that cannot be read, or holds no test, has one failed test that says so.</summary>
    public SpecFile(string path)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([Path.Combine(AppContext.BaseDirectory, "SpecRunner.psm1")]);
        Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        Tests = Discover(runspace, path);
        _outcomes = new Lazy<IReadOnlyList<SpecTest>>(() => Run(runspace));
    }

    /// <summary>The tests in the order of the file.</summary>
    public IReadOnlyList<SpecTest> Tests { get; }

    /// <summary>The same tests after the one run of the file.</summary>
    public IReadOnlyList<SpecTest> Outcomes => _outcomes.Value;

    private static SpecTest[] Discover(Runspace runspace, string path)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        shell.AddScript(Discovery).AddArgument(path);
        return [.. shell.Invoke<SpecTest>()];
    }

    private IReadOnlyList<SpecTest> Run(Runspace runspace)
    {
        using (runspace)
        using (PowerShell shell = PowerShell.Create(runspace))
        {
            shell.AddCommand("Invoke-SpecTest").Invoke();
        }

        return Tests;
    }
}
