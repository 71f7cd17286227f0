using MnistPS.Numerics;

namespace MnistPS.Training;

/// <summary>
/// Which threads do a network's steps. All do large ones, and one does small ones; what is best between these depends on how near the cores lie
/// to each other, which is not the same on all machines nor at all times, and is found by trying now and then. The numbers come out the same
/// either way.
/// </summary>
internal sealed class ParallelismTuner
{
    /// <summary>Steps from one choice to the next: enough for the runtime to have optimised its code, and many beside those that are tried.</summary>
    public const int Period = 2000;

    // Multiplications in a step's way forward from which on all threads are faster wherever their cores lie, and below which one is.
    private const long AlwaysPays = 4_000_000;
    private const long NeverPays = 1_000_000;

    // At the end of a period each way is tried for some steps on end, of which the first ones do not count: they fetch what the other way has left
    // in other caches.
    private const int Run = 6;
    private const int Settling = 2;
    private const int Tries = 8 * Run;

    private readonly Workers _team;
    private readonly double[] _least = [double.PositiveInfinity, double.PositiveInfinity];
    private int _step;

    /// <summary>A choice for steps of one size.</summary>
    /// <param name="work">Multiplications in a step's way forward.</param>
    /// <param name="team">All threads.</param>
    public ParallelismTuner(long work, Workers team)
    {
        _team = team;
        IsCertain = work >= AlwaysPays && team.Count > 1;
        IsOpen = work is >= NeverPays and < AlwaysPays && team.Count > 1;
        Workers = IsCertain || IsOpen ? team : Workers.Alone;
    }

    /// <summary>Whether all threads do all steps, so that none has time for something else.</summary>
    public bool IsCertain { get; }

    /// <summary>Whether steps are to be timed.</summary>
    public bool IsOpen { get; }

    /// <summary>Those that do the next step.</summary>
    public Workers Workers { get; private set; }

    /// <summary>Takes note of how long they took, where the choice is open.</summary>
    /// <param name="ticks">The time, in any unit.</param>
    /// <param name="images">The images of the step, since the last batch of an epoch may be short.</param>
    public void Took(long ticks, int images)
    {
        int tried = _step - (Period - Tries);
        if (tried >= 0)
        {
            // A team that does something else shares nothing.
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
