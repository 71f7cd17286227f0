namespace MnistPS.Photos;

/// <summary>
/// Decodes picture files. An implementation uses a graphics library, which is loaded in its own load context.
/// Therefore no type of that library is a parameter or a result.
/// </summary>
internal interface IPictureDecoder
{
    /// <summary>Decodes the first picture of a file.</summary>
    /// <param name="file">The bytes of the file.</param>
    /// <param name="name">The name of the file in messages, such as its path.</param>
    /// <exception cref="MnistException">
    /// The file is no picture (<c>NotAPicture</c>), is larger than <see cref="PictureBounds"/> allows (<c>PictureTooLarge</c>), or is damaged
    /// (<c>DamagedPicture</c>).
    /// </exception>
    Picture Decode(byte[] file, string name);
}
