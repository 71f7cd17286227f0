namespace MnistPS.Tests;

public sealed class FileLockTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileRole _role = new("Thing", "thing", "-ThingPath");

    private string Target => Path.Combine(_folder.Path, "thing");

    public static bool IsUnix => !OperatingSystem.IsWindows();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void OneHasItAtATime()
    {
        using (FileLock.Take(Target, _role))
        {
            MnistException fault = Assert.Throws<MnistException>(() => FileLock.Take(Target, _role));
            Assert.Equal(("ThingInUse", Fault.Write, Target), (fault.Id, fault.Fault, fault.Target));
            FileLock.Take(Target + "-2", _role).Dispose();
        }

        FileLock.Take(Target, _role).Dispose();
        Assert.Empty(_folder.FileNames);
    }

    [Fact(SkipUnless = nameof(IsUnix), Skip = "Links want a privilege on Windows.")]
    public void ALinkIsTheSameFile()
    {
        File.WriteAllText(Target, "");
        File.CreateSymbolicLink(Target + "-link", Target);
        using (FileLock.Take(Target, _role))
        {
            Assert.Equal("ThingInUse", Assert.Throws<MnistException>(() => FileLock.Take(Target + "-link", _role)).Id);
        }
    }

    [Fact]
    public void WhatAKilledProcessLeftLocksNothing()
    {
        string left;
        using (FileLock.Take(Target, _role))
        {
            left = Directory.EnumerateFiles(_folder.Path).Single();
        }

        File.WriteAllText(left, "");
        FileLock.Take(Target, _role).Dispose();
        Assert.Empty(_folder.FileNames);
    }

    [Fact]
    public void WhereThereIsNoFolderItIsUpToWhoOpensTheFile() => FileLock.Take(Path.Combine(_folder.Path, "no", "such"), _role).Dispose();
}
