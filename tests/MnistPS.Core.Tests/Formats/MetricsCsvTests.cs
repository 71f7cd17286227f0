using System.Diagnostics;
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void ASecondTrainingIsRefused(bool replace)
    {
        using MetricsCsv csv = new(Target, replace: false);
        foreach (Func<MetricsCsv> second in (Func<MetricsCsv>[])[() => new MetricsCsv(Target, replace), () => MetricsCsv.Append(Target, [], 0, isResumed: replace)])
        {
            Assert.Equal("MetricsFileInUse", Assert.Throws<MnistException>(second).Id);
        }

        csv.Write(Metrics(0));
        Assert.Equal(2, Lines().Length);
    }

    [Fact]
    public void AppendingBeginsAFileThatIsNotThere()
    {
        using (MetricsCsv csv = MetricsCsv.Append(Target, [Metrics(0)], firstEpoch: 1, isResumed: false))
        {
            Assert.Empty(File.ReadAllText(Target));
            csv.Write(Metrics(1));
        }

        Assert.Equal([Header, RowOf(1)], Lines());
        MetricsCsv.Append(Path.Combine(_folder, "none.csv"), [], 0, isResumed: false).Dispose();
        Assert.False(File.Exists(Path.Combine(_folder, "none.csv")));
    }

    /// <summary>A kill between a checkpoint and its row loses the row. It is written from the history.</summary>
    [Fact]
    public void RowsThatAreMissingAreWritten()
    {
        Put(Header, RowOf(0));
        using (MetricsCsv csv = MetricsCsv.Append(Target, [Metrics(0), Metrics(1), Metrics(2)], firstEpoch: 0, isResumed: true))
        {
            csv.Write(Metrics(3));
        }

        Assert.Equal([Header, RowOf(0), RowOf(1), RowOf(2), RowOf(3)], Lines());
    }

    /// <summary>A kill between a row and the next checkpoint leaves rows of epochs that are trained again.</summary>
    [Fact]
    public void RowsAheadOfACheckpointAreCutAndWithoutOneRefused()
    {
        Put(Header, RowOf(0), RowOf(1), RowOf(2));
        string before = File.ReadAllText(Target);
        Assert.Contains("the network has 1 epochs", Unfit([Metrics(0)]), StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllText(Target));
        using (MetricsCsv csv = MetricsCsv.Append(Target, [Metrics(0)], firstEpoch: 0, isResumed: true))
        {
            csv.Write(Metrics(1));
        }

        Assert.Equal([Header, RowOf(0), RowOf(1)], Lines());
    }

    [Fact]
    public void ARowThatWasNotWrittenToItsEndIsCut()
    {
        Put(Header, RowOf(0), RowOf(1));
        File.WriteAllText(Target, File.ReadAllText(Target)[..^5]);
        using (MetricsCsv csv = MetricsCsv.Append(Target, [Metrics(0), Metrics(1)], firstEpoch: 0, isResumed: true))
        {
            csv.Write(Metrics(2));
        }

        Assert.Equal([Header, RowOf(0), RowOf(1), RowOf(2)], Lines());
    }

    [Theory]
    [InlineData("Epoch,TrainingError")]
    [InlineData("precious")]
    [InlineData("")]
    public void OtherColumnsAreRefused(string header)
    {
        Put(header, RowOf(0));
        foreach (bool isResumed in (bool[])[true, false])
        {
            Assert.Contains("the columns 'Epoch,TrainingError,", Unfit([Metrics(0)], isResumed), StringComparison.Ordinal);
        }

        Assert.StartsWith(header, File.ReadAllText(Target), StringComparison.Ordinal);
    }

    [Fact]
    public void RowsOfAnotherNetworkAreRefused()
    {
        Put(Header, RowOf(0), RowOf(1).Replace("0.582", "0.583", StringComparison.Ordinal));
        string before = File.ReadAllText(Target);
        foreach (bool isResumed in (bool[])[true, false])
        {
            Assert.Contains("line 3", Unfit([Metrics(0), Metrics(1), Metrics(2)], isResumed), StringComparison.Ordinal);
        }

        Put(Header, RowOf(7));
        Assert.Contains("line 2", Unfit([Metrics(0)], isResumed: false), StringComparison.Ordinal);
        Put(Header, "what,is,this");
        Assert.Contains("line 2", Unfit([Metrics(0)], isResumed: true), StringComparison.Ordinal);
    }

    /// <summary>A disk of 64 KB, which only root can create on Linux.</summary>
    [Fact]
    public void AFullDiskLeavesWholeRows()
    {
        string disk = Directory.CreateDirectory(Path.Combine(_folder, "disk")).FullName;
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.UserName == "root" && Run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk),
            "No small disk can be made here.");
        try
        {
            string path = Path.Combine(disk, "metrics.csv");
            int written = 0;
            using (MetricsCsv csv = new(path, replace: false))
            {
                MnistException? fault = null;
                for (; fault is null; written++)
                {
                    fault = Record.Exception(() => csv.Write(Metrics(written))) as MnistException;
                }

                Assert.Equal("MetricsFileNotWritable", fault.Id);
            }

            Assert.Equal([Header, .. Enumerable.Range(0, written - 1).Select(RowOf), ""], File.ReadAllText(path).Split('\n'));
        }
        finally
        {
            Run("umount", disk);
        }

        static bool Run(string program, params string[] arguments)
        {
            try
            {
                using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
                process.WaitForExit();
                return process.ExitCode == 0;
            }
            catch (System.ComponentModel.Win32Exception)
            {
                return false;
            }
        }
    }

    [Fact(SkipUnless = nameof(HasFullDevice), Skip = "There is no /dev/full.")]
    public void ADeviceCanBeAppendedTo()
    {
        using MetricsCsv csv = MetricsCsv.Append("/dev/full", [], 0, isResumed: false);
        Assert.Equal("MetricsFileNotWritable", Assert.Throws<MnistException>(() => csv.Write(Metrics(0))).Id);
    }

    public static bool HasFullDevice => File.Exists("/dev/full");

    private string Unfit(EpochMetrics[] history, bool isResumed = false)
    {
        MnistException fault = Assert.Throws<MnistException>(() => MetricsCsv.Append(Target, history, 0, isResumed));
        Assert.Equal(("MetricsFileDoesNotFit", Target), (fault.Id, fault.Target));
        return fault.Message;
    }

    private static string RowOf(int epoch) => $"{epoch},0.898,0.397,,,0.68,0.582,0.005,00:00:01.5000000,1234.5";

    private void Put(params string[] lines) => File.WriteAllText(Target, string.Join('\n', lines) + '\n');

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
