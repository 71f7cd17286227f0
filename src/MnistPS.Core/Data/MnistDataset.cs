namespace MnistPS;

/// <summary>Images to train on and images to test with.</summary>
public sealed class MnistDataset
{
    /// <summary>Puts two sets together.</summary>
    /// <param name="name">Where the digits are from, such as <c>MNIST</c> or <c>Synthetic</c>.</param>
    /// <param name="training">The images to train on.</param>
    /// <param name="test">The images to test with.</param>
    public MnistDataset(string name, ImageSet training, ImageSet test)
    {
        Name = name;
        Training = training;
        Test = test;
    }

    /// <summary>Where the digits are from.</summary>
    public string Name { get; }

    /// <summary>The images to train on.</summary>
    public ImageSet Training { get; }

    /// <summary>The images to test with.</summary>
    public ImageSet Test { get; }

    /// <summary>The name and the two shapes, such as <c>MNIST (60000, 784) (10000, 784)</c>.</summary>
    public override string ToString() => $"{Name} {Training} {Test}";
}
