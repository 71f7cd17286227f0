namespace MnistPS.Specs;

/// <summary>What became of a test.</summary>
public enum SpecOutcome
{
    /// <summary>It has not run yet.</summary>
    NotRun,

    /// <summary>Every assertion held, and there was one at least.</summary>
    Passed,

    /// <summary>An assertion did not hold, something threw, or nothing was asserted.</summary>
    Failed,

    /// <summary>It was left out by <c>-Skip</c> or <c>Set-ItResult -Skipped</c>.</summary>
    Skipped,
}
