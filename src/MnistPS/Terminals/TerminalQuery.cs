using System.Diagnostics;

namespace MnistPS.Terminals;

/// <summary>Queries the terminal for its picture protocols, once per process.</summary>
internal static class TerminalQuery
{
    private const int Milliseconds = 200;
    private const int MillisecondsOverSsh = 1000;

    // A late response is read after the picture, so that it does not reach the prompt.
    private const int MillisecondsForLateAnswer = 1000;

    private static readonly Lock _once = new();
    private static TerminalResponse? _answer;
    private static long _asked;

    /// <summary>The terminal's responses; after the time-out those that have arrived.</summary>
    public static TerminalResponse Ask()
    {
        lock (_once)
        {
            if (_answer is null)
            {
                _answer = new TerminalResponse();
                using UnixInput? input = UnixInput.TryOpen();
                if (input is not null)
                {
                    Console.Out.Write(TerminalResponse.Question);
                    Console.Out.Flush();
                    _asked = Stopwatch.GetTimestamp();
                    bool isFar = Environment.GetEnvironmentVariable("SSH_CONNECTION") is not null || Environment.GetEnvironmentVariable("SSH_TTY") is not null;
                    Listen(input, _answer, isFar ? MillisecondsOverSsh : Milliseconds);
                }
            }

            return _answer;
        }
    }

    /// <summary>Reads a late response once, for at most a second, so that it does not reach the prompt.</summary>
    public static void End()
    {
        lock (_once)
        {
            if (_asked != 0 && !_answer!.IsComplete)
            {
                using UnixInput? input = UnixInput.TryOpen();
                if (input is not null)
                {
                    Listen(input, _answer, (int)Stopwatch.GetElapsedTime(_asked).TotalMilliseconds + MillisecondsForLateAnswer);
                }
            }

            _asked = 0;
        }
    }

    private static void Listen(UnixInput input, TerminalResponse answer, int milliseconds)
    {
        while (!answer.IsComplete && milliseconds - (int)Stopwatch.GetElapsedTime(_asked).TotalMilliseconds is > 0 and int left)
        {
            answer.Add(input.Read(left));
            input.Return(answer.TakeKeys());
        }
    }
}
