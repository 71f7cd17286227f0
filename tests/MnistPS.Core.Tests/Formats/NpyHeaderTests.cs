using System.Text;
using MnistPS.Formats;

namespace MnistPS.Tests;

public sealed class NpyHeaderTests
{
    /// <summary>What numpy.save of NumPy 1.24 writes for arrays of these types and shapes.</summary>
    public static TheoryData<string, long[], string> NumPys => new()
    {
        { "<f8", [784, 100], "{'descr': '<f8', 'fortran_order': False, 'shape': (784, 100), }" },
        { "|u1", [3], "{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }" },
        { "<U2", [], "{'descr': '<U2', 'fortran_order': False, 'shape': (), }" },
    };

    public static TheoryData<string, string> Wrong => new()
    {
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (3), }", "does not say rightly what it is" },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (-3,), }", "does not say rightly what it is" },
        { "{'descr': '<f8', 'fortran_order': 0, 'shape': (3,), }", "does not say rightly what it is" },
        { "{'descr': '<f8', 'shape': (3,), }", "does not say rightly what it is" },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), 'more': 1}", "does not say rightly what it is" },
        { "__import__('os').system('true')", "does not say rightly what it is" },
        { "", "does not say rightly what it is" },
        { "{'descr': [('a', '<f8'), ('b', '<i4')], 'fortran_order': False, 'shape': (3,), }", "does not say rightly what it is" },
        { "{'descr': [('Others', '<f8')], 'fortran_order': False, 'shape': (3,), }", "does not say rightly what it is" },
        { "{'descr': '|O', 'fortran_order': False, 'shape': (3,), }", "never run" },
        { "{'descr': [('a', '|O')], 'fortran_order': False, 'shape': (3,), }", "never run" },
        { "{'descr': '<f16', 'fortran_order': False, 'shape': (3,), }", "is of type '<f16', which is not read" },
        { "{'descr': '<c8', 'fortran_order': False, 'shape': (3,), }", "is of type '<c8', which is not read" },
        { "{'descr': '|V8', 'fortran_order': False, 'shape': (3,), }", "is of type '|V8', which is not read" },
        { "{'descr': '<f99999999999', 'fortran_order': False, 'shape': (3,), }", "is not read" },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (99999999999999999999,), }", "has a dimension of 99999999999999999999" },
    };

    [Theory]
    [MemberData(nameof(NumPys))]
    public void IsWrittenAsNumPyDoes(string type, long[] shape, string text)
    {
        byte[] bytes = new NpyHeader(NpyType.Parse(type)!.Value, IsFortran: false, shape).ToBytes();
        Assert.Equal([0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', 1, 0, 118, 0], bytes[..10]);
        Assert.Equal(128, bytes.Length);
        Assert.Equal(text.PadRight(117) + '\n', Encoding.ASCII.GetString(bytes, 10, 118));
        Assert.Equal(bytes, Read(bytes).ToBytes());
    }

    [Theory]
    [InlineData(1, "{'descr': '>f4', 'fortran_order': True, 'shape': (2, 3), }", ">f4 True 2,3")]
    [InlineData(2, "{'descr': '<f2', 'fortran_order': False, 'shape': (7,), }", "<f2 False 7")]
    [InlineData(3, "{\"shape\": (60000L, 28L, 28L), \"descr\": \"<i8\", \"fortran_order\": False}", "<i8 False 60000,28,28")]
    [InlineData(1, "{'descr':'|b1','fortran_order':False,'shape':()}", "|b1 False ")]
    public void IsReadInEachVersion(byte version, string text, string expected)
    {
        NpyHeader header = Read(Bytes(version, text));
        Assert.Equal(expected, $"{header.Type} {header.IsFortran} {string.Join(',', header.Shape)}");
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void IsRefusedWithWhy(string text, string expected)
        => Assert.Contains(expected, Assert.Throws<FormatException>(() => Read(Bytes(1, text))).Message, StringComparison.Ordinal);

    [Fact]
    public void IsNotReadBeyondWhatNumPyReads()
    {
        Assert.Contains("10001 bytes; at most 10000", Assert.Throws<FormatException>(() => Read(Bytes(2, new string(' ', 10_001)))).Message, StringComparison.Ordinal);
        Assert.Contains("version 4.0", Assert.Throws<FormatException>(() => Read(Bytes(4, ""))).Message, StringComparison.Ordinal);
        Assert.Contains("no array of NumPy", Assert.Throws<FormatException>(() => Read(new byte[20])).Message, StringComparison.Ordinal);
        byte[] whole = Bytes(1, "{'descr': '<f8', 'fortran_order': False, 'shape': (3,), }");
        Assert.All(Enumerable.Range(0, whole.Length), length =>
            Assert.Contains("ends within its header", Assert.Throws<FormatException>(() => Read(whole[..length])).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void CountsWithoutOverflow()
    {
        Assert.True(new NpyHeader(NpyType.Parse("<f8")!.Value, false, [long.MaxValue, long.MaxValue, long.MaxValue, long.MaxValue]).Count > long.MaxValue);
        Assert.Equal(0, (long)new NpyHeader(NpyType.Parse("<f8")!.Value, false, [long.MaxValue, long.MaxValue, long.MaxValue, 0]).Count);
        Assert.Equal(1, (long)new NpyHeader(NpyType.Parse("<f8")!.Value, false, []).Count);
    }

    [Theory]
    [InlineData("<f8", new byte[] { 0, 0, 0, 0, 0, 0, 0xF8, 0xBF }, -1.5)]
    [InlineData(">f8", new byte[] { 0xBF, 0xF8, 0, 0, 0, 0, 0, 0 }, -1.5)]
    [InlineData("<f4", new byte[] { 0, 0, 0xC0, 0xBF }, -1.5)]
    [InlineData(">f4", new byte[] { 0xBF, 0xC0, 0, 0 }, -1.5)]
    [InlineData("<f2", new byte[] { 0, 0xBE }, -1.5)]
    [InlineData(">i2", new byte[] { 0xFF, 0xFE }, -2)]
    [InlineData("<i4", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF }, -2)]
    [InlineData(">i8", new byte[] { 0, 0, 0, 0, 0, 0, 1, 0 }, 256)]
    [InlineData("<u2", new byte[] { 0xFE, 0xFF }, 65534)]
    [InlineData(">u4", new byte[] { 0xFF, 0xFF, 0xFF, 0xFE }, 4294967294)]
    [InlineData("<u8", new byte[] { 0, 1, 0, 0, 0, 0, 0, 0 }, 256)]
    [InlineData("|i1", new byte[] { 0xFE }, -2)]
    [InlineData("|u1", new byte[] { 0xFE }, 254)]
    [InlineData("|b1", new byte[] { 1 }, 1)]
    public void NumbersAreReadInEachType(string type, byte[] bytes, double expected)
    {
        double[] numbers = new double[1];
        NpyType.Parse(type)!.Value.Decode(bytes, numbers);
        Assert.Equal(expected, numbers[0]);
    }

    private static NpyHeader Read(byte[] bytes) => NpyHeader.Read(new MemoryStream(bytes), out _);

    private static byte[] Bytes(byte version, string text)
    {
        byte[] length = version == 1 ? BitConverter.GetBytes((ushort)text.Length) : BitConverter.GetBytes(text.Length);
        return [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', version, 0, .. length, .. Encoding.ASCII.GetBytes(text)];
    }
}
