using MnistPS.Sweeps;
using Xunit;

namespace MnistPS.Tests;

public sealed class SweepFileTests : IDisposable
{
    private static readonly string[] _settings = ["Layer", "LearningRate"];
    private static readonly string[] _run = ["conv 8x5, dense 10", "0.001"];
    private static readonly SweepResult _result = new(3, 0.5, 0.75, 0.625, 0.8125, TimeSpan.FromMilliseconds(1500), "larch", null);
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid()}.csv");

    [Fact]
    public void RunsAreKnownWhenTheFileIsOpenedAgain()
    {
        SweepResult failed = new(0, null, null, null, null, TimeSpan.Zero, "alder", "It said \"no\",\nand stopped.");
        using (SweepFile file = new(_path, _settings))
        {
            file.Write(_run, _result);
            file.Write(["dense 10", "1e30"], failed);
        }

        using (SweepFile file = new(_path, _settings))
        {
            Assert.Equal(_result, file.Find(_run));
            Assert.Equal(failed with { Error = "It said \"no\", and stopped." }, file.Find(["dense 10", "1e30"]));
            Assert.Null(file.Find(["dense 10", "0.001"]));
        }

        Assert.Equal(
            [
                "Layer,LearningRate,EpochsTrained,TrainingError,TrainingAccuracy,ValidationError,ValidationAccuracy,Elapsed,Computer,Error",
                "\"conv 8x5, dense 10\",0.001,3,0.5,0.75,0.625,0.8125,00:00:01.5000000,larch,",
                "dense 10,1e30,0,,,,,00:00:00,alder,\"It said \"\"no\"\", and stopped.\"",
            ],
            File.ReadAllLines(_path));
    }

    [Fact]
    public void ARowThatWasCutIsWrittenAnew()
    {
        using (SweepFile file = new(_path, _settings))
        {
            file.Write(_run, _result);
            file.Write(["dense 10", "0.1"], _result);
        }

        byte[] whole = File.ReadAllBytes(_path);
        int firstRow = Array.IndexOf(whole, (byte)'\n', Array.IndexOf(whole, (byte)'\n') + 1) + 1;
        for (int length = 1; length < whole.Length; length++)
        {
            File.WriteAllBytes(_path, whole[..length]);
            using (SweepFile file = new(_path, _settings))
            {
                Assert.Equal(length >= firstRow, file.Find(_run) is not null);
                foreach (string[] run in (string[][])[_run, ["dense 10", "0.1"]])
                {
                    if (file.Find(run) is null)
                    {
                        file.Write(run, _result);
                    }
                }
            }

            Assert.Equal(whole, File.ReadAllBytes(_path));
        }
    }

    [Fact]
    public void AFailureIsWrittenOnceAndASuccessBehindIt()
    {
        SweepResult failed = new(0, null, null, null, null, TimeSpan.Zero, "alder", "No\nmemory.");
        foreach (SweepResult result in (SweepResult[])[failed, failed, failed with { Error = "No time." }, _result])
        {
            using SweepFile file = new(_path, _settings);
            file.Write(_run, result);
        }

        Assert.Equal(["No memory.", "No time.", ""], File.ReadLines(_path).Skip(1).Select(line => line[(line.LastIndexOf(',') + 1)..]));
        using SweepFile whole = new(_path, _settings);
        Assert.Equal(_result, whole.Find(_run));
    }

    [Fact]
    public void TheSettingsOfAnotherSweepAreNamed()
    {
        using (new SweepFile(_path, ["Layer", "Seed"]))
        {
        }

        MnistException fault = Assert.Throws<MnistException>(() => new SweepFile(_path, _settings));
        Assert.Contains("its settings are Layer, Seed, and those of the sweep are Layer, LearningRate.", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Layer,Seed,EpochsTrained\n")]
    [InlineData("a text\n")]
    [InlineData("a text")]
    [InlineData("Layer,LearningRate,EpochsTrained,TrainingError,TrainingAccuracy,ValidationError,ValidationAccuracy,Elapsed,Computer,Error\n1,2,3\n")]
    [InlineData("Layer,LearningRate,EpochsTrained,TrainingError,TrainingAccuracy,ValidationError,ValidationAccuracy,Elapsed,Computer,Error\na,b,x,,,,,00:00:00,c,\n")]
    public void AnotherFileIsLeftAlone(string text)
    {
        File.WriteAllText(_path, text);
        Assert.Equal("SweepFileDoesNotFit", Assert.Throws<MnistException>(() => new SweepFile(_path, _settings)).Id);
        Assert.Equal(text, File.ReadAllText(_path));
    }

    [Fact]
    public void OneSweepWritesAFileAtATime()
    {
        using SweepFile file = new(_path, _settings);
        Assert.Equal("SweepFileInUse", Assert.Throws<MnistException>(() => new SweepFile(_path, _settings)).Id);
    }

    [Fact]
    public void ABetterRunHasAHigherAccuracyAndThenASmallerError()
    {
        SweepResult failed = new(0, null, null, null, null, TimeSpan.Zero, "", "No.");
        Assert.True(_result.IsBetterThan(null));
        Assert.True(_result.IsBetterThan(failed));
        Assert.False(failed.IsBetterThan(null));
        Assert.False(failed.IsBetterThan(_result));
        Assert.False(_result.IsBetterThan(_result));
        Assert.True(_result.IsBetterThan(_result with { ValidationAccuracy = 0.5, ValidationError = 0.1 }));
        Assert.True(_result.IsBetterThan(_result with { ValidationError = 0.7 }));
    }

    public void Dispose() => File.Delete(_path);
}
