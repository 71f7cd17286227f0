// Runs the project and its peers in turn and prints a table of their ratios. See docs/benchmarks.md.
using System.Globalization;
using MnistPS.Benchmarks;

const int DefaultRounds = 5;

if (args is [MemoryUse.Option, .. string[] layers])
{
    MemoryUse.Report(layers);
    return 0;
}

int rounds = DefaultRounds;
List<string> filters = [];
for (int i = 0; i < args.Length; i++)
{
    if (args[i] != "--rounds")
    {
        filters.Add(args[i]);
    }
    else if (i + 1 == args.Length || !int.TryParse(args[++i], CultureInfo.InvariantCulture, out rounds) || rounds < 1)
    {
        Console.Error.WriteLine("--rounds wants a number of rounds, 1 or more.");
        return 1;
    }
}

Row[] rows = [.. Rows.All.Where(row => filters.Count == 0 || filters.Any(filter => row.Key.Contains(filter, StringComparison.OrdinalIgnoreCase)))];
if (rows.Length == 0)
{
    Console.Error.WriteLine($"No row is named so. There are: {string.Join(", ", Rows.All.Select(row => row.Key))}.");
    return 1;
}

using BenchmarkData data = BenchmarkData.Load();
Console.WriteLine(Machine.Describe(data.Name));
Report report = new();
foreach (Row row in rows)
{
    Console.Error.WriteLine($"{row.Key} …");
    using Race race = row.Prepare(data);
    race.Run(rounds);
    report.Add(race);
}

Console.WriteLine(report);
foreach (string[] network in new[] { Rows.Convolutional, Rows.Deep, [] })
{
    Console.Write(MemoryUse.Measure(network));
}

return 0;
