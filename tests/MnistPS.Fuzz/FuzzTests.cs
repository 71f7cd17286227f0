using System.Globalization;

namespace MnistPS.Fuzz;

/// <summary>
/// Fuzzes each target for some seconds, MNISTPS_FUZZ_SECONDS, with a seed, MNISTPS_FUZZ_SEED; for an hour each: <c>MNISTPS_FUZZ_SECONDS=3600 dotnet test
/// --project tests/MnistPS.Fuzz</c>. A reader throws MnistException or nothing, takes less than 5 seconds of the processor and a gigabyte, and accepts only usable input.
/// </summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const double DefaultSeconds = 8;

    private static readonly FuzzTarget[] _targets = [new IdxTarget(), new GzipIdxTarget(), new LayerWordsTarget(), new NetworkFileTarget(), new PlainTensorsTarget(), new MetricsCsvTarget(),
        new NpzNetworkTarget(), new NpzDatasetTarget(), new NpyDatasetTarget(), new CsvDatasetTarget(), new OnnxTarget(), new PhotoTarget()];

    public static TheoryData<string> Names => [.. _targets.Select(target => target.Name)];

    // An input that once failed goes into the corpus.
    [Theory]
    [MemberData(nameof(Names))]
    public void TheCorpusIsHeld(string name)
    {
        FuzzTarget target = TargetOf(name);
        Fuzzer fuzzer = new(target, 0);
        Assert.All(target.Sound(), input => Assert.True(target.Read(input)));
        Assert.All(CorpusOf(target), fuzzer.Try);
        Assert.NotEqual(0, fuzzer.Accepted);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void WhateverIsReadIsRefusedOrOfUse(string name)
    {
        FuzzTarget target = TargetOf(name);
        int seed = int.TryParse(Environment.GetEnvironmentVariable("MNISTPS_FUZZ_SEED"), CultureInfo.InvariantCulture, out int given) ? given : Random.Shared.Next();
        double seconds = double.TryParse(Environment.GetEnvironmentVariable("MNISTPS_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out double asked) ? asked : DefaultSeconds;
        Fuzzer fuzzer = new(target, seed);
        fuzzer.Run(CorpusOf(target), TimeSpan.FromSeconds(seconds));
        output.WriteLine($"{name}, seed {seed}: {fuzzer.Accepted} inputs read, {fuzzer.Refused} refused.");

        // A fuzzer whose inputs are all refused tests nothing.
        Assert.NotEqual(0, fuzzer.Accepted);
        Assert.NotEqual(0, fuzzer.Refused);
    }

    private static FuzzTarget TargetOf(string name) => _targets.Single(target => target.Name == name);

    private static byte[][] CorpusOf(FuzzTarget target)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "corpus", target.Name);
        return [.. target.Sound(), .. Directory.EnumerateFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
    }
}
