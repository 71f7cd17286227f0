namespace MnistPS.Tests;

public sealed class OneHotTests
{
    [Theory]
    [InlineData(0, 10)]
    [InlineData(9, 10)]
    [InlineData(0, 1)]
    [InlineData(3, 5)]
    public void ARowIsOneAtTheLabelAndZeroElsewhere(int label, int classCount)
    {
        double[] row = OneHot.Encode(label, classCount);
        Assert.Equal(classCount, row.Length);
        Assert.Equal(1, row[label]);
        Assert.Equal(1, row.Sum());
        Assert.Equal(classCount - 1, row.Count(number => number == 0));
    }

    [Theory]
    [InlineData(10, 10, "LabelOutOfRange")]
    [InlineData(-1, 10, "LabelOutOfRange")]
    [InlineData(0, 0, "ClassCountOutOfRange")]
    [InlineData(0, -3, "ClassCountOutOfRange")]
    public void WhatHasNoRowIsRefused(int label, int classCount, string id)
        => Assert.Equal(id, Assert.Throws<MnistException>(() => OneHot.Encode(label, classCount)).Id);

    [Fact]
    public void TheTargetsOfASetAreTheRowsOfItsLabels()
    {
        ImageSet images = Sample.Images(30, 1).WithTargets(10);
        var (rows, classes) = images.Targets!.Shape;
        Assert.Equal((30, 10), (rows, classes));
        Assert.Equal(new TargetsShape(30, 10), images.Targets.Shape);
        Assert.Equal("(30, 10)", $"{images.Targets.Shape}");
        Assert.Equal("(30, 10)", images.Targets.ToString());
        Assert.Equal(images.Labels.Select(label => OneHot.Encode(label, 10)), images.Targets);
        Assert.Equal(1, images.Targets[7, images.Labels[7]]);
        Assert.Equal(images.Targets.Skip(10).Take(5), images.Slice(10, 5).Targets);
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Targets[30]);
        Assert.Throws<ArgumentOutOfRangeException>(() => images.Targets[-1]);
    }

    [Fact]
    public void ASetWithALabelOutsideTheClassesHasNoTargets()
    {
        ImageSet images = new(new byte[2 * MnistImage.PixelCount], [3, 7]);
        Assert.Equal("LabelOutOfRange", Assert.Throws<MnistException>(() => images.WithTargets(7)).Id);
        Assert.Equal(8, images.WithTargets(8).Targets!.ClassCount);
    }
}
