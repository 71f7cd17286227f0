using System.Text;

namespace MnistPS.Tests;

public class FileSignatureTests
{
    [Theory]
    [InlineData("<!DOCTYPE html>\r\n<html lang=\"en\">", "is a web page (it begins with '<!DOCTYPE html> <html lang=\"en\">')")]
    [InlineData("\uFEFF  <HTML>", "is a web page (it begins with '<HTML>')")]
    [InlineData("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a", "is a Git LFS pointer, which only stands for the file: fetch that with 'git lfs pull'")]
    [InlineData("<?xml version='1.0'?><Error><Code>AccessDenied</Code></Error>", "is XML, such as servers send in the place of a file (it begins with")]
    [InlineData("label,1x1,1x2", "is text (it begins with 'label,1x1,1x2')")]
    [InlineData("숫자 그림", "is text (it begins with '숫자 그림')")]
    [InlineData("PK\u0003\u0004rest", "is a zip archive: unpack it (it begins with 50 4B 03 04)")]
    [InlineData("7\0\0\0", "begins with 37 00 00 00 at offset 0")]
    [InlineData("", "is empty")]
    public void IsNamedByItsFirstBytes(string content, string expected)
        => Assert.StartsWith(expected, FileSignature.Of(Encoding.UTF8.GetBytes(content)), StringComparison.Ordinal);

    [Theory]
    [InlineData("1F8B0800", "is gzip within gzip: decompress it once")]
    [InlineData("934E554D50590100", "is an array of NumPy")]
    [InlineData("FD377A585A0000", "is compressed by xz")]
    [InlineData("89504E470D0A1A0A", "is a PNG picture")]
    [InlineData("00000803", "begins with 00 00 08 03 at offset 0")]
    [InlineData("FFFE3C00", "begins with FF FE 3C 00 at offset 0")]
    public void IsNamedByItsSignature(string content, string expected)
        => Assert.StartsWith(expected, FileSignature.Of(Convert.FromHexString(content)), StringComparison.Ordinal);

    [Fact]
    public void ShowsNoMoreThanALine()
    {
        string said = FileSignature.Of(Encoding.UTF8.GetBytes(new string('é', FileSignature.Length)).AsSpan(0, FileSignature.Length));
        Assert.Equal($"is text (it begins with '{new string('é', 60)}…')", said);

        // Text stays text where the sample ends within a character.
        Assert.StartsWith("is text", FileSignature.Of(Encoding.UTF8.GetBytes("x" + new string('é', FileSignature.Length)).AsSpan(0, FileSignature.Length)), StringComparison.Ordinal);
    }
}
