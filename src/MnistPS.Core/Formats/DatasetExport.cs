using System.IO.Compression;

namespace MnistPS.Formats;

/// <summary>Writes data sets into folders. <see cref="DatasetImport"/> reads each format with the same images and labels.</summary>
internal static class DatasetExport
{
    /// <summary>Writes a data set, with all files or none. A part without images is written too, as other programs expect the files of both.</summary>
    /// <param name="dataset">The data set.</param>
    /// <param name="path">The folder.</param>
    /// <param name="format">The format.</param>
    /// <param name="replace">Whether the folder may have files.</param>
    /// <param name="cancellation">Cancels the writing; existing files stay intact.</param>
    /// <exception cref="MnistException">As <see cref="AtomicFolder.Write"/>; or the data set is empty (<c>EmptyImageSet</c>).</exception>
    public static void Write(MnistDataset dataset, string path, DatasetFormat format, bool replace, CancellationToken cancellation)
    {
        if (dataset.Training.Count + dataset.Test.Count == 0)
        {
            throw new MnistException("EmptyImageSet", Fault.InvalidArgument,
                "The data set has no images; one or more were expected. Make one of some: $images | New-MnistDataset", dataset);
        }

        AtomicFolder.Write(path, replace, FileRole.Dataset, folder =>
        {
            switch (format)
            {
                case DatasetFormat.Npz:
                    NumPyDataset.WriteNpz(dataset, folder, cancellation);
                    break;
                case DatasetFormat.Npy:
                    NumPyDataset.WriteNpy(dataset, folder, cancellation);
                    break;
                case DatasetFormat.Csv:
                    CsvDataset.Write(dataset, folder, cancellation);
                    break;
                case DatasetFormat.Png:
                    PngDataset.Write(dataset, folder, cancellation);
                    break;
                default:
                    WriteIdx(dataset, folder, cancellation);
                    break;
            }

            ClassNamesFile.Write(dataset.ClassNames, folder, path);
        });
    }

    private static void WriteIdx(MnistDataset dataset, string folder, CancellationToken cancellation)
    {
        MnistFiles files = MnistFiles.Mnist;
        Write(files.TrainingImages, dataset.Training, images => images.Pixels);
        Write(files.TrainingLabels, dataset.Training, images => images.Digits);
        Write(files.TestImages, dataset.Test, images => images.Pixels);
        Write(files.TestLabels, dataset.Test, images => images.Digits);

        void Write(MnistFile file, ImageSet images, Func<ImageSet, ReadOnlySpan<byte>> values)
            => AtomicFolder.Put(folder, $"{file.Name}.gz", stream =>
            {
                using GZipStream gzip = new(stream, CompressionLevel.Optimal, leaveOpen: true);
                IdxFile.Write(gzip, file.ItemShape, values(images), cancellation);
            });
    }
}
