using System.Diagnostics;

namespace MnistPS.Terminals;

/// <summary>Asks the terminal, once a process, what pictures it can draw.</summary>
internal static class TerminalQuery
{
    private const int Milliseconds = 200;
    private const int MillisecondsOverSsh = 1000;

    // An answer that comes after its time is waited for behind the picture, so that it does not come to the prompt.
    private const int MillisecondsForLateAnswer = 1000;

    private static readonly Lock _once = new();
    private static TerminalResponse? _answer;
    private static long _asked;

    /// <summary>What the terminal says, or said before; after the time-out what it has said so far.</summary>
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

    /// <summary>Waits for an answer that is late, a moment and once, so that it does not come to the prompt.</summary>
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
