using System.Diagnostics;
using System.Runtime.Versioning;

namespace MnistPS.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileRole _role = new("Thing", "thing", "-ThingPath");

    private string Target => Path.Combine(_folder.Path, "thing");

    public static bool IsUnix => !OperatingSystem.IsWindows();

    public static bool HasSharedMemory => Directory.Exists("/dev/shm");

    public static bool HasFullDevice => File.Exists("/dev/full");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IsThereAsAWholeOrNotAtAll()
    {
        Write("first", replace: false);
        Assert.Throws<InvalidOperationException>(() => AtomicFile.Write(Target, replace: true, _role, stream =>
        {
            stream.Write("half of"u8);
            Assert.Equal("first", File.ReadAllText(Target));
            throw new InvalidOperationException();
        }));
        Assert.Equal("first", File.ReadAllText(Target));
        Write("second", replace: true);
        Assert.Equal("second", File.ReadAllText(Target));
        Assert.Equal(["thing"], _folder.FileNames);
    }

    [Fact]
    public void WhatIsThereIsLeftUnlessToldOtherwise()
    {
        Write("first", replace: false);
        MnistException fault = Assert.Throws<MnistException>(() => Write("second", replace: false));
        Assert.Equal(("ThingExists", Fault.AlreadyExists, Target), (fault.Id, fault.Fault, fault.Target));

        // Another writer's file that appears during the write is kept too.
        File.Delete(Target);
        fault = Assert.Throws<MnistException>(() => AtomicFile.Write(Target, replace: false, _role, _ => File.WriteAllText(Target, "other")));
        Assert.Equal("ThingExists", fault.Id);
        Assert.Equal("other", File.ReadAllText(Target));
        Assert.Equal(["thing"], _folder.FileNames);
    }

    [Theory]
    [InlineData("no/such/thing")]
    [InlineData(".")]
    [InlineData("a\0b")]
    public void SaysWhereItCannotWrite(string name)
    {
        string path = Path.Combine(_folder.Path, name);
        foreach (bool replace in (bool[])[false, true])
        {
            MnistException fault = Assert.Throws<MnistException>(() => AtomicFile.Write(path, replace, _role, _ => { }));
            Assert.Equal(("ThingNotWritable", Fault.Write, path), (fault.Id, fault.Fault, fault.Target));
            Assert.DoesNotContain(".partial", fault.Message, StringComparison.Ordinal);
        }

        Assert.Empty(_folder.FileNames);
    }

    [Fact(SkipUnless = nameof(IsUnix), Skip = "Windows has no such modes.")]
    [UnsupportedOSPlatform("windows")]
    public void HasItsFinalModeFromTheFirst()
    {
        Write("first", replace: false);
        foreach (int mode in (int[])[0b110_000_000, 0b110_110_110])
        {
            File.SetUnixFileMode(Target, (UnixFileMode)mode);
            AtomicFile.Write(Target, replace: true, _role, _ => Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(Partials().Single())));
            Assert.Equal((UnixFileMode)mode, File.GetUnixFileMode(Target));
        }
    }

    /// <summary>Only files of killed processes are removed: none of a living process, none fresh, none of another user.</summary>
    [Fact]
    public void StalePartialFilesAreSwept()
    {
        string stale = Leave("MnistPS-0123456789abcdef0123456789abcdef.partial", hours: 2);
        string fresh = Leave("MnistPS-1123456789abcdef0123456789abcdef.partial", hours: 0);
        string foreign = Leave("other.partial", hours: 2);
        string held = Leave("MnistPS-2123456789abcdef0123456789abcdef.partial", hours: 2);
        using (new FileStream(held, FileMode.Open, FileAccess.Write, FileShare.None))
        {
            Write("first", replace: false);
        }

        Assert.Equal(new[] { fresh, held, foreign, Target }.Select(Path.GetFileName), _folder.FileNames);
        Write("second", replace: true);
        Assert.False(File.Exists(held));
        Assert.False(File.Exists(stale));
    }

    /// <summary>/dev/shm is a directory of files, although its path begins with /dev.</summary>
    [Fact(SkipUnless = nameof(HasSharedMemory), Skip = "There is no /dev/shm.")]
    public void AFileInDevIsReplacedAsAWhole()
    {
        string path = $"/dev/shm/mnistps-{Guid.NewGuid():N}";
        try
        {
            File.WriteAllText(path, new string('x', 100));
            AtomicFile.Write(path, replace: true, _role, stream => stream.Write("short"u8));
            Assert.Equal("short", File.ReadAllText(path));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact(SkipUnless = nameof(HasFullDevice), Skip = "There is no /dev/full.")]
    public void ADeviceStaysOneWhateverItsPath()
    {
        string link = Path.Combine(_folder.Path, "full");
        File.CreateSymbolicLink(link, "/dev/full");
        foreach (string path in (string[])["/dev/full", link])
        {
            MnistException fault = Assert.Throws<MnistException>(() => AtomicFile.Write(path, replace: true, _role, stream => stream.Write("much"u8)));
            Assert.Equal(("ThingNotWritable", path), (fault.Id, fault.Target));
            Assert.Equal("a device", SpecialFile.KindOf(path));
        }

        AtomicFile.Write("/dev/null", replace: true, _role, stream => stream.Write("much"u8));
        Assert.Equal("a device", SpecialFile.KindOf("/dev/null"));
    }

    [Fact(SkipUnless = nameof(IsUnix), Skip = "Windows has no such pipes.")]
    public void APipeIsRefusedAndNeverWaitedFor()
    {
        Process.Start("mkfifo", [Target]).WaitForExit();
        Assert.Equal("a pipe", SpecialFile.KindOf(Target));
        Assert.Contains("a pipe", Assert.Throws<IOException>(() => SpecialFile.OpenFile(Target)).Message, StringComparison.Ordinal);
        MnistException fault = Assert.Throws<MnistException>(() => Write("much", replace: true));
        Assert.Equal("ThingNotWritable", fault.Id);
        Assert.Contains("a pipe", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesAndFoldersAndNothingAreNotSpecial()
    {
        Write("first", replace: false);
        Assert.Null(SpecialFile.KindOf(Target));
        Assert.Null(SpecialFile.KindOf(_folder.Path));
        Assert.Null(SpecialFile.KindOf(Target + "-none"));
    }

    private void Write(string text, bool replace)
        => AtomicFile.Write(Target, replace, _role, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private IEnumerable<string> Partials() => Directory.EnumerateFiles(_folder.Path, "*.partial");

    private string Leave(string name, int hours)
    {
        string path = _folder.Put(name, [1]);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddHours(-hours));
        return path;
    }
}
