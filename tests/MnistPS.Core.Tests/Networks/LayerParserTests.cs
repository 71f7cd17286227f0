using MnistPS.Networks;

namespace MnistPS.Tests;

public sealed class LayerParserTests
{
    [Theory]
    [InlineData("dense 64")]
    [InlineData("conv 8x5")]
    [InlineData("conv 8x5 same")]
    [InlineData("pool 2")]
    [InlineData("relu")]
    [InlineData("leakyrelu")]
    [InlineData("leakyrelu 0.2")]
    [InlineData("leakyrelu 0")]
    [InlineData("leakyrelu 1")]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    [InlineData("dropout 0.25")]
    [InlineData("batchnorm")]
    public void ALayerIsReadAndWrittenTheSame(string word)
        => Assert.Equal(word, Assert.Single(LayerParser.Parse([word])).ToString());

    [Theory]
    [InlineData("  Dense   64 ", "dense 64")]
    [InlineData("CONV 8X5\tSame", "conv 8x5 same")]
    [InlineData("dropout .5", "dropout 0.5")]
    [InlineData("LeakyReLU 3e-1", "leakyrelu 0.3")]
    [InlineData("leakyrelu 0.01", "leakyrelu")]
    public void CaseAndBlanksDoNotMatter(string word, string expected)
        => Assert.Equal(expected, Assert.Single(LayerParser.Parse([word])).ToString());

    [Fact]
    public void FlattenIsImplied() => Assert.Equal("dense 10", Assert.Single(LayerParser.Parse(["flatten", "dense 10"])).ToString());

    [Theory]
    [InlineData("dens 10", "there is no such layer")]
    [InlineData("", "there is no such layer")]
    [InlineData(null, "there is no such layer")]
    [InlineData("relu 1", "there is no such layer")]
    [InlineData("dense", "'dense' takes one number")]
    [InlineData("dense 10 20", "'dense' takes one number")]
    [InlineData("dense 0", "N is a whole number from 1 to 65536")]
    [InlineData("dense -5", "N is a whole number from 1 to 65536")]
    [InlineData("dense 1.5", "N is a whole number from 1 to 65536")]
    [InlineData("dense 65537", "N is a whole number from 1 to 65536")]
    [InlineData("dense 99999999999", "N is a whole number from 1 to 65536")]
    [InlineData("conv 8", "a convolution is written like 'conv 8x5'")]
    [InlineData("conv 8x5 valid", "a convolution is written like 'conv 8x5'")]
    [InlineData("conv 8x5x3", "a convolution is written like 'conv 8x5'")]
    [InlineData("conv 0x5", "N is a whole number from 1 to 65536")]
    [InlineData("conv 8x0", "K is a whole number from 1 to 28")]
    [InlineData("conv 8x29", "K is a whole number from 1 to 28")]
    [InlineData("pool 29", "K is a whole number from 1 to 28")]
    [InlineData("pool", "'pool' takes one number")]
    [InlineData("leakyrelu 1.1", "S is a slope from 0 to 1")]
    [InlineData("leakyrelu -0.1", "S is a slope from 0 to 1")]
    [InlineData("leakyrelu NaN", "S is a slope from 0 to 1")]
    [InlineData("leakyrelu 0,2", "S is a slope from 0 to 1")]
    [InlineData("leakyrelu 0.1 0.2", "'leakyrelu' takes one number at most")]
    [InlineData("dropout 1", "P is a rate from 0 up to, but not, 1")]
    [InlineData("dropout -0.1", "P is a rate from 0 up to, but not, 1")]
    [InlineData("dropout NaN", "P is a rate from 0 up to, but not, 1")]
    public void ABadLayerIsAnsweredWithWhatIsWrongAndWhatIsAllowed(string? word, string reason)
    {
        MnistException fault = Assert.Throws<MnistException>(() => LayerParser.Parse(["relu", word!]));
        Assert.Equal(("InvalidLayer", Fault.InvalidArgument), (fault.Id, fault.Fault));
        Assert.StartsWith($"Layer 2, '{word}', cannot be read: {reason}", fault.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Allowed are: dense N, conv NxK, conv NxK same, pool K, relu, leakyrelu, leakyrelu S, tanh, sigmoid, dropout P, batchnorm, flatten.",
            fault.Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("flatten")]
    public void NoLayerAtAllIsRefused(params string[] words)
        => Assert.Equal("EmptyLayers", Assert.Throws<MnistException>(() => LayerParser.Parse(words)).Id);
}
