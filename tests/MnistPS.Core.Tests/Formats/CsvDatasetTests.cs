using System.Text;
using MnistPS.Formats;

namespace MnistPS.Tests;

public sealed class CsvDatasetTests : IDisposable
{
    private static readonly MnistDataset _dataset = Sample.Dataset(7, 3);
    private static readonly string _pixels = string.Join(',', Enumerable.Range(0, 784).Select(i => $"pixel{i}"));

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Func<string, string>> Forms => new()
    {
        { "no header", text => text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..] },
        { "names of rows and columns", text => "label," + string.Join(',', Enumerable.Range(0, 784).Select(i => $"{i / 28 + 1}x{i % 28 + 1}")) + Body(text) },
        { "numbers of columns", text => string.Join(',', Enumerable.Range(0, 785)) + Body(text) },
        { "the label last", text => _pixels + ",class" + Body(string.Join('\n', text.Split('\n').Select(row => $"{row[(row.IndexOf(',', StringComparison.Ordinal) + 1)..]},{row.Split(',')[0]}")).TrimEnd(',')) },
        { "lines of Windows", text => text.Replace("\n", "\r\n", StringComparison.Ordinal) },
        { "no end of the last line", text => text.TrimEnd('\n') },
        { "empty lines behind", text => text + "\n \r\n" },
        { "a mark of its encoding", text => '\uFEFF' + text },
        { "Export-Csv", text => string.Join("\r\n", text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => $"\"{row.Replace(",", "\";\"", StringComparison.Ordinal)}\"")) },
        { "tabs and spaces", text => text.Replace(",", " \t ", StringComparison.Ordinal) },
    };

    public static TheoryData<string, string, string, Func<string, string>> Wrong => new()
    {
        { "nothing", "NotCsvDataset", "is empty; a table of images was expected", _ => "" },
        { "a web page", "NotCsvDataset", "is a web page", _ => "<!DOCTYPE html><html>Log in</html>" },
        { "a pointer", "NotCsvDataset", "is a Git LFS pointer", _ => "version https://git-lfs.github.com/spec/v1\noid sha256:1" },
        { "no label", "CsvWithoutLabels", "has no column 'label', as the test.csv of Kaggle*Split(',')", text => _pixels + Body(text) },
        { "no label, by semicolons", "CsvWithoutLabels", "Split(';')", text => (_pixels + Body(text)).Replace(',', ';') },
        { "a column that lacks", "WrongCsvColumns", "Line 1 of * names 784 columns, and 'pixel17' is missing; 785 were expected", text => text.Replace(",pixel17,", ",", StringComparison.Ordinal) },
        { "a column too many", "WrongCsvColumns", "Line 1 of * names 786 columns; 785 were expected", text => "index," + text },
        { "784 columns without a header", "WrongCsvColumns", "Line 1 of * has 784 columns; 785 were expected", text => string.Join('\n', text.Split('\n').Skip(1).Select(row => row[Math.Min(row.Length, 2)..])) },
        { "a short row", "WrongCsvColumns", "Line 3 of * has 784 columns; 785 were expected", text => Change(text, 2, row => row[..row.LastIndexOf(',')]) },
        { "a long row", "WrongCsvColumns", "Line 3 of * has 786 columns; 785 were expected", text => Change(text, 2, row => row + ",0") },
        { "text", "WrongCsvValue", "Line 3 of * has 'ink' in column 785; a whole number from 0 (paper) to 255 (ink) was expected", text => Change(text, 2, row => row[..row.LastIndexOf(',')] + ",ink") },
        { "nothing in a column", "WrongCsvValue", "Line 3 of * has '' in column 785", text => Change(text, 2, row => row[..(row.LastIndexOf(',') + 1)]) },
        { "a number over 255", "WrongCsvValue", "Line 3 of * has '256' in column 785", text => Change(text, 2, row => row[..row.LastIndexOf(',')] + ",256") },
        { "a number without end", "WrongCsvValue", "Line 3 of * has '999*…' in column 785", text => Change(text, 2, row => row[..row.LastIndexOf(',')] + ',' + new string('9', 500)) },
        { "a fraction", "WrongCsvValue", "Line 3 of * has '0.5' in column 785", text => Change(text, 2, row => row[..row.LastIndexOf(',')] + ",0.5") },
        { "a label over 9", "WrongCsvValue", "Line 3 of * has '12' in column 1; a digit from 0 to 9 was expected", text => Change(text, 2, row => $"12{row[1..]}") },
        { "a label that is a letter", "WrongCsvValue", "Line 3 of * has 'A' in column 1; a digit", text => Change(text, 2, row => $"A{row[1..]}") },
        { "a line without end", "WrongCsvColumns", "Line 3 of * is longer than 784 pixels take", text => Change(text, 2, row => row + new string(',', 2_000_000)) },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Forms))]
    public void IsReadAsOthersWriteIt(string form, Func<string, string> write)
    {
        _ = form;
        MnistDataset read = Read(write);
        Assert.Equal(_dataset.Training.Pixels, read.Training.Pixels);
        Assert.Equal(_dataset.Training.Labels, read.Training.Labels);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void IsRefusedWithWhatAndWhere(string what, string id, string message, Func<string, string> write)
    {
        _ = what;
        MnistException fault = Assert.Throws<MnistException>(() => Read(write));
        Assert.Equal((id, Fault.InvalidData), (fault.Id, fault.Fault));
        Assert.Matches(string.Join(".*", message.Split('*').Select(System.Text.RegularExpressions.Regex.Escape)), fault.Message);
        Assert.Contains("mnist_train.csv'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OneOfAPairIsEnough()
    {
        CsvDataset.Write(_dataset, _folder.Path, CancellationToken.None);
        File.Delete(Path.Combine(_folder.Path, "mnist_test.csv"));
        Assert.Equal("name (7, 784) (0, 784)", CsvDataset.Read(CsvDataset.Find(_folder.Path)!.Value, "name", null, null, CancellationToken.None).ToString());
        Assert.Equal("NotCsvDataset", Assert.Throws<MnistException>(() => CsvDataset.PairOf("digits.csv")).Id);
    }

    [Fact]
    public void AHeaderAloneIsNoImage()
        => Assert.Equal("name (0, 784) (3, 784)", Read(text => text[..text.IndexOf('\n', StringComparison.Ordinal)]).ToString());

    [Theory]
    [InlineData("train.csv", "test.csv")]
    [InlineData("fashion-mnist_train.csv", "fashion-mnist_test.csv")]
    [InlineData("train.csv", "mnist_test.csv")]
    [InlineData("MNIST_TRAIN.CSV", "MNIST_TEST.CSV")]
    public void PairsOfOtherNamesAreFound(string training, string test)
    {
        CsvDataset.Write(_dataset, _folder.Path, CancellationToken.None);
        File.Move(Path.Combine(_folder.Path, "mnist_train.csv"), Path.Combine(_folder.Path, training));
        File.Move(Path.Combine(_folder.Path, "mnist_test.csv"), Path.Combine(_folder.Path, test));
        _folder.Put("sample_submission.csv", [1]);
        Assert.Equal("name (7, 784) (3, 784)", CsvDataset.Read(CsvDataset.Find(_folder.Path)!.Value, "name", null, null, CancellationToken.None).ToString());
    }

    [Theory]
    [InlineData("a_train.csv", "b_train.csv", "a_test.csv")]
    [InlineData("train.csv", "a_test.csv", "b_test.csv")]
    [InlineData("a_test.csv", "b_test.csv")]
    public void SeveralPairsAreNotGuessed(params string[] names)
    {
        foreach (string name in names)
        {
            _folder.Put(name, [1]);
        }

        Assert.Null(CsvDataset.Find(_folder.Path));
    }

    [Fact]
    public void ThePairOfAPathIsFoundInCapitals()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Capitals count on Linux.");
        _folder.Put("MNIST_TEST.CSV", [1]);
        Assert.EndsWith("MNIST_TEST.CSV", CsvDataset.PairOf(Path.Combine(_folder.Path, "MNIST_TRAIN.CSV")).Test, StringComparison.Ordinal);
    }

    private MnistDataset Read(Func<string, string> write)
    {
        CsvDataset.Write(_dataset, _folder.Path, CancellationToken.None);
        string path = Path.Combine(_folder.Path, "mnist_train.csv");
        File.WriteAllText(path, write(File.ReadAllText(path)), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return CsvDataset.Read(CsvDataset.PairOf(path), "name", null, null, CancellationToken.None);
    }

    private static string Body(string text) => text[text.IndexOf('\n', StringComparison.Ordinal)..];

    private static string Change(string text, int line, Func<string, string> change)
    {
        string[] lines = text.Split('\n');
        lines[line] = change(lines[line]);
        return string.Join('\n', lines);
    }
}
