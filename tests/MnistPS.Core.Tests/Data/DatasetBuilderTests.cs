using MnistPS.Numerics;
using MnistPS.Tensors;

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
        Assert.Equal(["Sample training 7", "Sample training 3", "Sample training 19"], set.Select(image => image.Origin));
        Assert.Equal(_sample.Training[3].Pixels, set[1].Pixels);
        Assert.Equal("Sample training 19", set.Slice(1, 2)[1].Origin);
        Assert.Equal("Sample training 19", set.Pick([2])[0].Origin);
        Assert.Equal("Sample training 19", set.WithTargets(10)[2].Origin);
        Assert.Equal("Sample training 5", _sample.Training.Slice(4, 4)[1].Origin);
    }

    [Fact]
    public void AnImageOfASetWithoutANameIsFromNowhere()
    {
        Assert.Null(Sample.Images(1, 1)[0].Origin);
        DatasetBuilder builder = new();
        builder.Add(Sample.Images(1, 1)[0]);
        Assert.Null(builder.Build(new DatasetOptions()).Training[0].Origin);
    }

    [Fact]
    public void WhatLabelsStandForGoesWithTheImages()
    {
        MnistDataset clothes = _sample.As("Clothes", ClassNames.Fashion);
        Assert.All(clothes.Training, image => Assert.Equal(ClassNames.Fashion[image.Label!.Value], image.LabelName));
        Assert.Same(ClassNames.Fashion, clothes.Training.Slice(2, 3).ClassNames);
        Assert.Same(ClassNames.Fashion, clothes.Training.Pick([3]).ClassNames);
        Assert.Same(ClassNames.Fashion, clothes.Training.WithTargets(10).ClassNames);
        Assert.Same(ClassNames.Digits, _sample.Training.ClassNames);
        DatasetBuilder builder = new();
        builder.Add(clothes.Training[0]);
        Assert.Equal(ClassNames.Fashion, builder.Build(new DatasetOptions()).ClassNames);
        builder.Add(_sample.Training[0]);
        Assert.Equal("ClassNamesDoNotFit", Assert.Throws<MnistException>(() => builder.Build(new DatasetOptions())).Id);
        Assert.Equal(ClassNames.Kuzushiji, builder.Build(new DatasetOptions { ClassNames = ClassNames.Kuzushiji }).ClassNames);
    }

    /// <summary>As the training varies them: a key from the generator, and the index of the image added to it.</summary>
    [Fact]
    public void VariedImagesAreThoseOfTheTraining()
    {
        Augmentation[] kinds = [Augmentation.Shift, Augmentation.Rotate, Augmentation.Elastic];
        DatasetBuilder builder = new();
        builder.Add(_sample);
        MnistDataset varied = builder.Build(new DatasetOptions { Augmentations = kinds, Seed = 5 });
        Batch<float> batch = new(20, Workers.Alone, new Augmenter(kinds)) { IsTraining = true, Generator = new NumPyGenerator(5) };
        batch.Take(_sample.Training, null, 0, 20);
        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(batch.PixelsOf(i), varied.Training.PixelsOf(i)));
        Assert.Equal("Sample training 7", varied.Training[7].Origin);
        Assert.Equal(_sample.Training.Labels, varied.Training.Labels);
        Assert.Equal(_sample.Test.Pixels, varied.Test.Pixels);
    }

    [Fact]
    public void ASetWithANameKeepsIt()
        => Assert.Equal("Sample test 2", new MnistDataset("Other", _sample.Training, _sample.Test).Test[2].Origin);

    [Fact]
    public void MoreImagesThanASetHoldsAreRefused()
    {
        MnistImage[] images = new MnistImage[1_000_001];
        Array.Fill(images, _sample.Training[0]);
        Assert.Equal("TooManyImages", Assert.Throws<MnistException>(() => ImageSet.Of(images)).Id);
    }
}
