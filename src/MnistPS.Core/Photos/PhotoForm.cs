namespace MnistPS.Photos;

/// <summary>A form whose cells divide a photo evenly.</summary>
/// <param name="Rows">The number of rows of cells.</param>
/// <param name="Columns">The number of columns of cells.</param>
internal sealed record PhotoForm(int Rows, int Columns);
