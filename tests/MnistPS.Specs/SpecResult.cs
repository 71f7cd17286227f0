namespace MnistPS.Specs;

/// <summary>The result of one test, a line of JSON from Invoke-Spec.ps1.</summary>
/// <param name="Name">The names of its blocks and its own, separated by dots.</param>
/// <param name="File">The spec.</param>
/// <param name="Line">The line of the spec, from 1.</param>
/// <param name="Outcome"><c>Passed</c>, <c>Failed</c>, <c>Skipped</c>, or <c>Found</c> if tests are only listed.</param>
/// <param name="Start">The start time.</param>
/// <param name="Milliseconds">The duration.</param>
/// <param name="Message">The reason of a failure or skip.</param>
internal sealed record SpecResult(string Name, string File, int Line, string Outcome, DateTimeOffset Start, double Milliseconds, string? Message);
