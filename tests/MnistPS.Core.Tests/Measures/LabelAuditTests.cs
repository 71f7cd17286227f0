using MnistPS.Measures;
using MnistPS.Networks;

namespace MnistPS.Tests;

/// <summary>Confident learning, against NumPy by the paper's definitions (label-issues.json, made by label_issues.py).</summary>
public sealed class LabelAuditTests
{
    [Fact]
    public void DoubtedLabelsAreThoseOfConfidentLearning()
    {
        IssueFacts facts = Facts.Read<IssueFacts>("label-issues.json");
        ImageSet images = new(new byte[facts.Labels.Length * MnistImage.PixelCount], facts.Labels.Select(label => (byte)label).ToArray());
        LabelIssue[] issues = LabelAudit.Issues(images, facts.Scores);
        Assert.Equal(facts.Issues.Select(issue => (issue.Index, issue.Suggested)), issues.Select(issue => (issue.Index, issue.SuggestedLabel)));
        Assert.All(facts.Issues.Zip(issues), pair => Assert.Equal(pair.First.Margin, pair.Second.Margin, 1e-12));
        Assert.All(issues, issue => Assert.Equal(facts.Labels[issue.Index], issue.GivenLabel));
        Assert.NotEmpty(issues);
    }

    [Fact]
    public void ChangedLabelsComeFirstWithTheirTrueOnes()
    {
        MnistDataset dataset = Sample.Dataset(600, 10);
        byte[] labels = [.. dataset.Training.Labels];
        int[] changed = [3, 77, 200, 410, 599];
        foreach (int i in changed)
        {
            labels[i] = (byte)((labels[i] + 3) % 10);
        }

        byte[] pixels = [.. dataset.Training.SelectMany(image => image.Pixels)];
        LabelIssue[] issues = Audit(new MnistDataset("Changed", new ImageSet(pixels, labels), dataset.Test)).Find()!;
        Assert.Equal(changed, issues.Take(5).Select(issue => issue.Index).Order());
        Assert.All(issues.Take(5), issue => Assert.Equal(dataset.Training[issue.Index].Label, issue.SuggestedLabel));
        Assert.Equal(issues.OrderBy(issue => issue.Margin).Select(issue => issue.Index), issues.Select(issue => issue.Index));
    }

    [Fact]
    public void TheSameSeedFindsTheSame()
    {
        MnistDataset dataset = Sample.Dataset(120, 10);
        Assert.Equal(
            Audit(dataset).Find()!.Select(issue => (issue.Index, issue.Margin)), Audit(dataset).Find()!.Select(issue => (issue.Index, issue.Margin)));
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(51, 100)]
    [InlineData(2, 3)]
    public void FoldsThatCannotBeAreRefused(int foldCount, int imageCount)
        => Assert.Equal("FoldCountOutOfRange", Assert.Throws<MnistException>(() => Audit(Sample.Dataset(imageCount, 10), foldCount)).Id);

    [Fact]
    public void ACancelledAuditGivesNothing()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Null(Audit(Sample.Dataset(100, 10), cancellation: source.Token).Find());
    }

    private static LabelAudit Audit(MnistDataset dataset, int foldCount = 3, CancellationToken? cancellation = null)
        => new(
            dataset,
            new NetworkOptions { HiddenSize = [30], Activation = Activation.Relu }.Define(),
            foldCount,
            epochs: 25,
            seed: 1,
            (_, _) => { },
            cancellation ?? TestContext.Current.CancellationToken);

    private sealed record Issue(int Index, int Suggested, double Margin);

    private sealed record IssueFacts(int[] Labels, double[][] Scores, Issue[] Issues);
}
