namespace MnistPS.Photos;

/// <summary>
/// Reads picture files: bytes in, plain data out. Who implements it brings a graphics library along, which lives in a load context of its own; so no
/// type of that library is ever a parameter or a result.
/// </summary>
internal interface IPictureDecoder
{
    /// <summary>The first picture of a file.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">What messages call it, such as its path.</param>
    /// <exception cref="MnistException">
    /// It is none (<c>NotAPicture</c>), is larger than <see cref="PictureBounds"/> allow (<c>PictureTooLarge</c>), or cannot be read to its end
    /// (<c>DamagedPicture</c>).
    /// </exception>
    Picture Decode(byte[] file, string name);
}
