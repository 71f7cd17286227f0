namespace MnistPS.Tests;

public sealed class DatasetBuilderTests
{
    private readonly MnistDataset _sample = Sample.Dataset(20, 10);

    [Fact]
    public void ImagesKeepTheirOrderAndWhereTheyAreFrom()
    {
        DatasetBuilder builder = new();
        foreach (int i in (int[])[7, 3, 19])
        {
            builder.Add(_sample.Training[i]);
        }

        ImageSet set = builder.Build(new DatasetOptions()).Training;
        Assert.Equal(["Sample training 7", "Sample training 3", "Sample training 19"], set.Select(image => image.Source));
        Assert.Equal(_sample.Training[3].Pixels, set[1].Pixels);
        Assert.Equal("Sample training 19", set.Slice(1, 2)[1].Source);
        Assert.Equal("Sample training 19", set.Pick([2])[0].Source);
        Assert.Equal("Sample training 19", set.WithTargets(10)[2].Source);
        Assert.Equal("Sample training 5", _sample.Training.Slice(4, 4)[1].Source);
    }

    [Fact]
    public void AnImageOfASetWithoutANameIsFromNowhere()
    {
        Assert.Null(Sample.Images(1, 1)[0].Source);
        DatasetBuilder builder = new();
        builder.Add(Sample.Images(1, 1)[0]);
        Assert.Null(builder.Build(new DatasetOptions()).Training[0].Source);
    }

    [Fact]
    public void ASetWithANameKeepsIt()
        => Assert.Equal("Sample test 2", new MnistDataset("Other", _sample.Training, _sample.Test).Test[2].Source);

    [Fact]
    public void MoreImagesThanASetHoldsAreRefused()
    {
        MnistImage[] images = new MnistImage[1_000_001];
        Array.Fill(images, _sample.Training[0]);
        Assert.Equal("TooManyImages", Assert.Throws<MnistException>(() => ImageSet.Of(images)).Id);
    }
}
