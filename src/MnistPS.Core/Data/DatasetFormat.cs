namespace MnistPS;

/// <summary>What a data set is written as.</summary>
public enum DatasetFormat
{
    /// <summary>Four files as the MNIST database has them, gzipped: <c>train-images-idx3-ubyte.gz</c> and so on.</summary>
    Idx,

    /// <summary>The arrays of <c>mnist.npz</c>, as Keras has them: <c>x_train</c>, <c>y_train</c>, <c>x_test</c>, <c>y_test</c>.</summary>
    Npz,

    /// <summary>Two tables, <c>mnist_train.csv</c> and <c>mnist_test.csv</c>, with columns label, pixel0 … pixel783.</summary>
    Csv,

    /// <summary>A PNG an image, in folders by set and label: <c>training/5/00000.png</c>.</summary>
    Png,
}
