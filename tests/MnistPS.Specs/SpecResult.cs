namespace MnistPS.Specs;

/// <summary>What Invoke-Spec.ps1 says of one test: a line of JSON.</summary>
/// <param name="Name">The names of its blocks and its own, with a point between them.</param>
/// <param name="File">The spec.</param>
/// <param name="Line">The line of the spec, from 1.</param>
/// <param name="Outcome"><c>Passed</c>, <c>Failed</c>, <c>Skipped</c>, or <c>Found</c> where tests are only listed.</param>
/// <param name="Start">When it began.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Message">Why it failed or was skipped.</param>
internal sealed record SpecResult(string Name, string File, int Line, string Outcome, DateTimeOffset Start, double Milliseconds, string? Message);
