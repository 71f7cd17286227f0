using System.Collections;
using System.Management.Automation;

namespace MnistPS.Specs;

/// <summary>One <c>It</c> of a spec file, for one item of its <c>-ForEach</c>. The runner's script module makes it and notes its outcome.</summary>
public sealed class SpecTest(string name, ScriptBlock body, IDictionary variables)
{
    /// <summary>The names of the blocks around and its own, with blanks between.</summary>
    public string Name => name;

    /// <summary>What to run.</summary>
    public ScriptBlock Body => body;

    /// <summary>The variables that <c>-ForEach</c> sets, by name.</summary>
    public IDictionary Variables => variables;

    /// <summary>What became of it.</summary>
    public SpecOutcome Outcome { get; private set; }

    /// <summary>Why it failed or was skipped.</summary>
    public string Message { get; private set; } = "";

    /// <summary>Notes that it passed.</summary>
    public void Pass() => Outcome = SpecOutcome.Passed;

    /// <summary>Notes that it failed.</summary>
    public void Fail(string message) => (Outcome, Message) = (SpecOutcome.Failed, message);

    /// <summary>Notes that it was skipped.</summary>
    public void Skip(string reason) => (Outcome, Message) = (SpecOutcome.Skipped, reason);
}
