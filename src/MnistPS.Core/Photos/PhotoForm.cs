namespace MnistPS.Photos;

/// <summary>A form whose cells divide a photo evenly.</summary>
/// <param name="Rows">The number of rows of cells.</param>
/// <param name="Columns">The number of columns of cells.</param>
internal sealed record PhotoForm(int Rows, int Columns)
{
    /// <summary>A cell's rectangle in a photo.</summary>
    public Box Cell(int row, int column, Plane photo) => new(
        column * photo.Width / Columns, row * photo.Height / Rows, (column + 1) * photo.Width / Columns, (row + 1) * photo.Height / Rows);
}
