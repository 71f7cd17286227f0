using System.Collections.Concurrent;

namespace MnistPS.Specs;

/// <summary>Every <c>It</c> of <c>tests/*.Tests.ps1</c>, as a test of its own.</summary>
public sealed class SpecTests
{
    private static readonly string s_folder = FindTests();
    private static readonly ConcurrentDictionary<string, SpecFile> s_files = new();

    /// <summary>A row for each test: its file and its place in the file.</summary>
    public static IEnumerable<ITheoryDataRow> Rows() =>
        from path in Directory.EnumerateFiles(s_folder, "*.Tests.ps1").Order(StringComparer.Ordinal)
        let name = Path.GetFileName(path)
        from test in Load(name).Tests.Index()
        select new TheoryDataRow<string, int>(name, test.Index) { TestDisplayName = test.Item.Name, Label = "" };

    /// <summary>Passes on what became of one <c>It</c>.</summary>
    [Theory]
    [MemberData(nameof(Rows))]
    public void Spec(string file, int index)
    {
        SpecTest test = Load(file).Outcomes[index];
        Assert.SkipWhen(test.Outcome == SpecOutcome.Skipped, test.Message);
        Assert.True(test.Outcome == SpecOutcome.Passed, test.Message);
    }

    private static SpecFile Load(string name) => s_files.GetOrAdd(name, static name => new SpecFile(Path.Combine(s_folder, name)));

    private static string FindTests()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MnistPS.slnx")))
                return Path.Combine(folder.FullName, "tests");
        }

        throw new DirectoryNotFoundException($"No folder above {AppContext.BaseDirectory} holds MnistPS.slnx.");
    }
}
