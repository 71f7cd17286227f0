using MnistPS.Numerics;

namespace MnistPS.Training;

/// <summary>
/// Chooses the threads for a network's steps. All do large steps, and one does small ones; in between, the best choice depends on how close the cores
/// are, which differs by machine and by time, and is measured now and then. Results do not depend on the choice.
/// </summary>
internal sealed class ParallelismTuner
{
    /// <summary>Steps between two choices: enough for the JIT to optimize the code, and many more than are timed.</summary>
    public const int Period = 2000;

    // Multiplications in a step's forward pass from which on all threads are faster on any machine, and below which one is.
    private const long AlwaysPays = 4_000_000;
    private const long NeverPays = 1_000_000;

    // At the end of a period each choice is timed for some consecutive steps, of which the first do not count: they fetch what the other choice has left
    // in other caches.
    private const int Run = 6;
    private const int Settling = 2;
    private const int Tries = 8 * Run;

    private readonly Workers _team;
    private readonly double[] _least = [double.PositiveInfinity, double.PositiveInfinity];
    private int _step;

    /// <summary>Creates a tuner for steps of one size.</summary>
    /// <param name="work">Multiplications in a step's forward pass.</param>
    /// <param name="team">All threads.</param>
    public ParallelismTuner(long work, Workers team)
    {
        _team = team;
        IsCertain = work >= AlwaysPays && team.Count > 1;
        IsOpen = work is >= NeverPays and < AlwaysPays && team.Count > 1;
        Workers = IsCertain || IsOpen ? team : Workers.Alone;
    }

    /// <summary>Whether all threads do all steps, so that none is free for other work.</summary>
    public bool IsCertain { get; }

    /// <summary>Whether steps are to be timed.</summary>
    public bool IsOpen { get; }

    /// <summary>The threads of the next step.</summary>
    public Workers Workers { get; private set; }

    /// <summary>Records how long a step took, where steps are timed.</summary>
    /// <param name="ticks">The time, in any unit.</param>
    /// <param name="images">The images of the step, since the last batch of an epoch may be short.</param>
    public void Took(long ticks, int images)
    {
        int tried = _step - (Period - Tries);
        if (tried >= 0)
        {
            // A team with another loop shares nothing.
            if (_team.IsUnderWay)
            {
                return;
            }

            ref double least = ref _least[tried / Run % 2];
            least = tried % Run < Settling ? least : Math.Min(least, (double)ticks / images);
        }

        _step++;
        tried++;
        if (_step == Period)
        {
            Workers = _least[1] < _least[0] ? _team : Workers.Alone;
            Array.Fill(_least, double.PositiveInfinity);
            _step = 0;
        }
        else if (tried >= 0)
        {
            Workers = tried / Run % 2 == 1 ? _team : Workers.Alone;
        }
    }
}
