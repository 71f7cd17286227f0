namespace MnistPS.Photos;

/// <summary>A form whose cells divide a photo evenly.</summary>
/// <param name="Rows">Cells from top to bottom.</param>
/// <param name="Columns">Cells across.</param>
internal sealed record PhotoForm(int Rows, int Columns);
