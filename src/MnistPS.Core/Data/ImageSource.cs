namespace MnistPS;

/// <summary>Where an image comes from: a picture, and the rectangle in it that was read, in its pixels as it is shown upright.</summary>
public sealed class ImageSource
{
    internal ImageSource(string? path, int left, int top, int width, int height)
    {
        Path = path;
        Left = left;
        Top = top;
        Width = width;
        Height = height;
    }

    /// <summary>The file, or null where the picture came as bytes or numbers.</summary>
    public string? Path { get; }

    /// <summary>The first column of the rectangle, from 0.</summary>
    public int Left { get; }

    /// <summary>The first row of the rectangle, from 0.</summary>
    public int Top { get; }

    /// <summary>Columns of the rectangle.</summary>
    public int Width { get; }

    /// <summary>Rows of the rectangle.</summary>
    public int Height { get; }

    /// <summary>The line on the page that it stands in, or the row of a form, from 0; null where the picture was read as one digit.</summary>
    public int? Row { get; internal init; }

    /// <summary>Its place in that line, or the column of a form, from 0; null where the picture was read as one digit.</summary>
    public int? Column { get; internal init; }

    /// <summary>A line, such as <c>photo.jpg, 300 × 420 at (120, 80)</c>.</summary>
    public override string ToString() => $"{(Path is null ? "picture" : System.IO.Path.GetFileName(Path))}, {Width} × {Height} at ({Left}, {Top})";
}
