using System.Globalization;
using MnistPS.Formats;

namespace MnistPS.Tests;

public sealed class MetricsCsvTests : IDisposable
{
    private const string Header =
        "Epoch,TrainingError,TrainingAccuracy,ValidationError,ValidationAccuracy,TestError,TestAccuracy,LearningRate,Elapsed,ImagesPerSecond";

    private readonly string _folder = Directory.CreateTempSubdirectory("MnistPS.Tests").FullName;
    private readonly CultureInfo _culture = CultureInfo.CurrentCulture;

    private string Target => Path.Combine(_folder, "metrics.csv");

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _culture;
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void RowsAreInTheInvariantCultureAndThereTheMomentTheyAreWritten()
    {
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        using MetricsCsv csv = new(Target, replace: false);
        csv.Write(Metrics(0));
        Assert.Equal([Header, "0,0.898,0.397,,,0.68,0.582,0.005,00:00:01.5000000,1234.5"], Lines());
        csv.Write(Metrics(1, validationError: 1e-7, validationAccuracy: 0.25));
        Assert.Equal("1,0.898,0.397,1E-07,0.25,0.68,0.582,0.005,00:00:01.5000000,1234.5", Lines()[2]);
    }

    [Fact]
    public void ColumnsAreThePropertiesOfTheMetrics()
        => Assert.Equal(typeof(EpochMetrics).GetProperties().Select(property => property.Name), Header.Split(','));

    [Fact]
    public void AFileThatIsThereIsKeptUnlessToldOtherwise()
    {
        File.WriteAllText(Target, "precious");
        MnistException fault = Assert.Throws<MnistException>(() => new MetricsCsv(Target, replace: false));
        Assert.Equal(("MetricsFileExists", Fault.AlreadyExists, Target), (fault.Id, fault.Fault, fault.Target));
        Assert.Equal("precious", File.ReadAllText(Target));

        using MetricsCsv csv = new(Target, replace: true);
        Assert.Equal(["precious"], Lines());
        csv.Write(Metrics(0));
        Assert.Equal([Header, "0,0.898,0.397,,,0.68,0.582,0.005,00:00:01.5000000,1234.5"], Lines());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AFolderIsNoFile(bool replace) => AssertNotWritable(_folder, replace);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AMissingFolderIsNamed(bool replace) => AssertNotWritable(Path.Combine(_folder, "missing", "metrics.csv"), replace);

    private static void AssertNotWritable(string path, bool replace)
    {
        MnistException fault = Assert.Throws<MnistException>(() => new MetricsCsv(path, replace));
        Assert.Equal(("MetricsFileNotWritable", Fault.Write, path), (fault.Id, fault.Fault, fault.Target));
        Assert.Contains(path, fault.Message, StringComparison.Ordinal);
    }

    private static EpochMetrics Metrics(int epoch, double? validationError = null, double? validationAccuracy = null)
        => new(epoch, 0.898, 0.397, validationError, validationAccuracy, 0.68, 0.582, 0.005, TimeSpan.FromSeconds(1.5), 1234.5);

    private string[] Lines()
    {
        using FileStream file = new(Target, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        return reader.ReadToEnd().TrimEnd('\n').Split('\n');
    }
}
