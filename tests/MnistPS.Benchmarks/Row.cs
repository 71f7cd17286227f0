namespace MnistPS.Benchmarks;

/// <summary>A row of the table, with a key for the command line.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Prepare">Creates the entrants.</param>
internal sealed record Row(string Key, Func<BenchmarkData, Race> Prepare);
