namespace MnistPS.Benchmarks;

/// <summary>A row of work that can be asked for by its key.</summary>
/// <param name="Key">Its name on the command line.</param>
/// <param name="Prepare">Brings the entrants together.</param>
internal sealed record Row(string Key, Func<BenchmarkData, Race> Prepare);
