namespace MnistPS.Tests;

public class SplitMix64Tests
{
    // The first outputs for seed 1234567, as published with ports of Vigna's splitmix64.c.
    private static readonly ulong[] _published =
        [6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821];

    [Fact]
    public void Next_gives_the_published_outputs()
    {
        SplitMix64 random = new(1234567);
        foreach (ulong expected in _published)
            Assert.Equal(expected, random.Next());
    }

    [Fact]
    public void OutputAt_jumps_to_any_output()
    {
        for (int i = 0; i < _published.Length; i++)
            Assert.Equal(_published[i], SplitMix64.OutputAt(1234567, (ulong)i));
    }

    [Fact]
    public void NextBelow_gives_every_number_below_its_bound_and_no_other()
    {
        SplitMix64 random = new(1);
        int[] met = new int[7];
        for (int i = 0; i < 7000; i++)
            met[random.NextBelow(7)]++;

        Assert.All(met, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void NextSingle_is_uniform_from_0_to_below_1()
    {
        SplitMix64 random = new(2);
        int[] met = new int[10];
        for (int i = 0; i < 10000; i++)
            met[(int)(10 * random.NextSingle())]++;

        Assert.All(met, count => Assert.InRange(count, 850, 1150));
    }

    [Fact]
    public void NextBell_has_mean_0_deviation_1_and_a_bounded_tail()
    {
        const int Count = 100_000;
        SplitMix64 random = new(3);
        double sum = 0, squares = 0, largest = 0;
        for (int i = 0; i < Count; i++)
        {
            double draw = random.NextBell();
            sum += draw;
            squares += draw * draw;
            largest = Math.Max(largest, Math.Abs(draw));
        }

        Assert.InRange(sum / Count, -0.01, 0.01);
        Assert.InRange(squares / Count, 0.98, 1.02);
        Assert.InRange(largest, 2.8, 2 * Math.Sqrt(3));
    }
}
