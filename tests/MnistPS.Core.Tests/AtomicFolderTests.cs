namespace MnistPS.Tests;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FileRole _role = new("Thing", "thing", "-ThingPath");

    private string Target => Path.Combine(_folder.Path, "thing");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void IsThereAsAWholeOrNotAtAll()
    {
        Assert.Throws<InvalidOperationException>(() => AtomicFolder.Write(Target, replace: false, _role, folder =>
        {
            Put(folder, "a", "half");
            throw new InvalidOperationException();
        }));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder.Path));
        AtomicFolder.Write(Target, replace: false, _role, folder => Put(folder, "a", "whole"));
        Assert.Equal(["a: whole"], Found());
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder.Path));
    }

    [Fact]
    public void WhatIsThereIsLeftUnlessToldOtherwise()
    {
        AtomicFolder.Write(Target, replace: false, _role, folder => Put(folder, "a", "first"));
        MnistException fault = Assert.Throws<MnistException>(() => AtomicFolder.Write(Target, replace: false, _role, folder => Put(folder, "b", "second")));
        Assert.Equal(("ThingExists", Fault.AlreadyExists, Target), (fault.Id, fault.Fault, fault.Target));
        Assert.Equal(["a: first"], Found());
        AtomicFolder.Write(Target, replace: true, _role, folder => Put(folder, "b", "second"));
        AtomicFolder.Write(Target, replace: true, _role, folder => Put(folder, "b", "third"));
        Assert.Equal(["a: first", "b: third"], Found());
    }

    [Fact]
    public void WhatIsReplacedIsPutBackWhereTheRestFails()
    {
        AtomicFolder.Write(Target, replace: false, _role, folder => Put(folder, "a", "old"));
        Directory.CreateDirectory(Path.Combine(Target, "b"));
        MnistException fault = Assert.Throws<MnistException>(() => AtomicFolder.Write(Target, replace: true, _role, folder =>
        {
            Put(folder, "a", "new");
            Put(folder, "b", "new");
        }));
        Assert.Equal("ThingNotWritable", fault.Id);
        Assert.Contains("b' is a folder, and a file was expected.", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["a: old"], Found());
        Assert.Equal(2, Directory.EnumerateFileSystemEntries(Target).Count());
    }

    [Fact]
    public void WhatAKilledProcessLeftGoesOnceItIsOldAndNobodyWorksInIt()
    {
        string[] left = [.. Enumerable.Range(0, 3).Select(i => Directory.CreateDirectory(Path.Combine(_folder.Path, $"MnistPS-{i:D32}.partial")).FullName)];
        Put(left[0], "half", "old");
        using (File.Create(Path.Combine(left[1], "lock")))
        {
            DateTime old = DateTime.UtcNow.AddHours(-2);
            Directory.SetLastWriteTimeUtc(left[0], old);
            Directory.SetLastWriteTimeUtc(left[1], old);
            AtomicFolder.Write(Target, replace: false, _role, folder => Put(folder, "a", "whole"));
        }

        Assert.Equal([false, true, true], left.Select(Directory.Exists));
    }

    [Theory]
    [InlineData("no/such/thing", "there is no folder")]
    [InlineData("file", "It is a file; a folder was expected.")]
    [InlineData("file/thing", "there is no folder")]
    [InlineData("a\0b", "")]
    public void SaysWhereItCannotWrite(string name, string reason)
    {
        _folder.Put("file", [1]);
        string path = Path.Combine(_folder.Path, name);
        foreach (bool replace in (bool[])[false, true])
        {
            MnistException fault = Assert.Throws<MnistException>(() => AtomicFolder.Write(path, replace, _role, _ => Assert.Fail("there is nowhere to write")));
            Assert.Equal(("ThingNotWritable", Fault.Write, path), (fault.Id, fault.Fault, fault.Target));
            Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(".partial", fault.Message, StringComparison.Ordinal);
        }

        Assert.Equal(["file"], _folder.FileNames);
    }

    private static void Put(string folder, string name, string text)
        => AtomicFolder.Put(folder, name, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    private IEnumerable<string> Found()
        => Directory.EnumerateFiles(Target).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)}: {File.ReadAllText(path)}");
}
