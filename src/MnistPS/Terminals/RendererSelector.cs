namespace MnistPS.Terminals;

/// <summary>Chooses a renderer by the caller's wish, the environment, and the terminal's responses.</summary>
internal static class RendererSelector
{
    /// <summary>Chooses a renderer.</summary>
    /// <param name="wish">The caller's wish.</param>
    /// <param name="mayHaveColor">Whether the output goes to a terminal that supports escape sequences, and colours are wanted.</param>
    /// <param name="mayAsk">Whether the terminal may be queried.</param>
    /// <param name="variable">The value of an environment variable, or null.</param>
    /// <param name="ask">Queries the terminal.</param>
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

        // A multiplexer drops pictures when it redraws its screen (tmux#4208), and the Linux console prints the query as text.
        if (!mayAsk || IsMultiplexed(terminal, variable) || terminal == "linux")
        {
            return ImageRenderer.HalfBlock;
        }

        // iTerm2 sets these variables, over SSH too.
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
