namespace MnistPS;

/// <summary>A file format of data sets.</summary>
public enum DatasetFormat
{
    /// <summary>The four gzipped files of the MNIST database: <c>train-images-idx3-ubyte.gz</c> and so on.</summary>
    Idx,

    /// <summary>The arrays of Keras' <c>mnist.npz</c>: <c>x_train</c>, <c>y_train</c>, <c>x_test</c>, <c>y_test</c>.</summary>
    Npz,

    /// <summary>These arrays in a file each, as <c>numpy.save</c> writes them: <c>x_train.npy</c> and so on.</summary>
    Npy,

    /// <summary>Two CSV files, <c>mnist_train.csv</c> and <c>mnist_test.csv</c>, with columns label, pixel0 … pixel783.</summary>
    Csv,

    /// <summary>One PNG per image, in folders by set and label: <c>training/5/00000.png</c>.</summary>
    Png,
}
