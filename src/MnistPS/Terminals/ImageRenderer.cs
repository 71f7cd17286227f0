namespace MnistPS;

/// <summary>How an image is drawn in a terminal.</summary>
public enum ImageRenderer
{
    /// <summary>The best that the terminal says it can.</summary>
    Auto,

    /// <summary>DEC's sixels: Windows Terminal, foot, WezTerm, xterm -ti vt340, Visual Studio Code.</summary>
    Sixel,

    /// <summary>Kitty's graphics protocol: kitty, Ghostty, Konsole.</summary>
    Kitty,

    /// <summary>iTerm2's inline images: iTerm2, WezTerm.</summary>
    ITerm,

    /// <summary>Half blocks in 24-bit grey, two rows of pixels a line.</summary>
    HalfBlock,

    /// <summary>Plain characters, denser where there is more ink.</summary>
    Ascii,
}
