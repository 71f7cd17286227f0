namespace MnistPS.Terminals;

/// <summary>Decides how images are drawn, by what was wished, what surrounds the process, and what the terminal says.</summary>
internal static class RendererSelector
{
    /// <summary>The renderer.</summary>
    /// <param name="wish">What the caller wishes.</param>
    /// <param name="mayHaveColor">Whether the lines go to a terminal that knows escape sequences, and colours are wanted.</param>
    /// <param name="mayAsk">Whether the terminal may be asked.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <param name="ask">Asks the terminal.</param>
    public static ImageRenderer Choose(
        ImageRenderer wish, bool mayHaveColor, bool mayAsk, Func<string, string?> variable, Func<TerminalResponse> ask)
    {
        if (wish != ImageRenderer.Auto)
        {
            return wish;
        }

        string terminal = variable("TERM") ?? "";
        if (!mayHaveColor || terminal == "dumb")
        {
            return ImageRenderer.Ascii;
        }

        // What passes pictures on loses them when it draws its screen anew (tmux#4208), and the console of Linux would show the question as text.
        if (!mayAsk || IsMultiplexed(terminal, variable) || terminal == "linux")
        {
            return ImageRenderer.HalfBlock;
        }

        // It says so in its environment, over SSH too.
        if (variable("TERM_PROGRAM") == "iTerm.app" || variable("LC_TERMINAL") == "iTerm2")
        {
            return ImageRenderer.ITerm;
        }

        TerminalResponse answer = ask();
        return answer.HasKitty ? ImageRenderer.Kitty : answer.HasSixel ? ImageRenderer.Sixel : ImageRenderer.HalfBlock;
    }

    private static bool IsMultiplexed(string terminal, Func<string, string?> variable)
        => !string.IsNullOrEmpty(variable("TMUX")) || !string.IsNullOrEmpty(variable("STY")) || !string.IsNullOrEmpty(variable("ZELLIJ"))
            || terminal.StartsWith("screen", StringComparison.Ordinal) || terminal.StartsWith("tmux", StringComparison.Ordinal);
}
