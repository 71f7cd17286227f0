namespace MnistPS;

/// <summary>A way to draw images in a terminal.</summary>
public enum ImageRenderer
{
    /// <summary>The best renderer that the terminal supports.</summary>
    Auto,

    /// <summary>DEC's sixels: Windows Terminal, foot, WezTerm, xterm -ti vt340, Visual Studio Code.</summary>
    Sixel,

    /// <summary>Kitty's graphics protocol: kitty, Ghostty, Konsole.</summary>
    Kitty,

    /// <summary>iTerm2's inline images: iTerm2, WezTerm.</summary>
    ITerm,

    /// <summary>Half blocks in 24-bit grey, two rows of pixels a line.</summary>
    HalfBlock,

    /// <summary>ASCII characters, denser for more ink.</summary>
    Ascii,
}
