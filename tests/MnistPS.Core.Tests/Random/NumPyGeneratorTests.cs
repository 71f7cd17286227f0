using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace MnistPS.Tests;

/// <summary>Every draw, against NumPy 1.24.2 (default_rng.json, made by default_rng.py).</summary>
public sealed class NumPyGeneratorTests
{
    private static readonly JsonElement[] _vectors = ReadVectors();

    public static TheoryData<ulong> Seeds => [.. _vectors.Select(SeedOf)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void StateAndIncrementAreNumPys(ulong seed)
    {
        Pcg64 bits = new(seed);
        Assert.Equal(VectorOf(seed).GetProperty("state").GetString(), bits.State.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(VectorOf(seed).GetProperty("increment").GetString(), bits.Increment.ToString(CultureInfo.InvariantCulture));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void RandomIsNumPys(ulong seed)
    {
        double[] expected = Doubles(VectorOf(seed).GetProperty("random"));
        NumPyGenerator one = new(seed);
        Assert.Equal(expected, expected.Select(_ => one.NextDouble()));

        Assert.Equal(expected, Random(new NumPyGenerator(seed), expected.Length));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void IntegersAreNumPys(ulong seed)
    {
        foreach (JsonElement range in VectorOf(seed).GetProperty("integers").EnumerateArray())
        {
            long low = range.GetProperty("low").GetInt64();
            long high = range.GetProperty("high").GetInt64();
            long[] expected = Longs(range.GetProperty("values"));
            NumPyGenerator generator = new(seed);
            long[] drawn = new long[expected.Length];
            generator.Integers(low, high, drawn);
            Assert.Equal(expected, drawn);
            Assert.Equal(range.GetProperty("next").GetInt64(), generator.Integers(0, 1000));
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void PermutationIsNumPys(ulong seed)
    {
        foreach (JsonElement permutation in VectorOf(seed).GetProperty("permutation").EnumerateArray())
        {
            NumPyGenerator generator = new(seed);
            AssertIsTheListOf(permutation, generator.Permutation(permutation.GetProperty("n").GetInt32()), generator);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void ChoiceIsNumPys(ulong seed)
    {
        foreach (JsonElement choice in VectorOf(seed).GetProperty("choice").EnumerateArray())
        {
            NumPyGenerator generator = new(seed);
            int[] drawn = generator.Choice(choice.GetProperty("n").GetInt32(), choice.GetProperty("size").GetInt32());
            AssertIsTheListOf(choice, drawn, generator);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void HalvesLeftOverGoToTheNext32BitDraw(ulong seed)
    {
        JsonElement mixed = VectorOf(seed).GetProperty("mixed");
        NumPyGenerator generator = new(seed);
        Assert.Equal(Longs(mixed.GetProperty("integers_0_2")), Bits(generator, 33));
        Assert.Equal(Doubles(mixed.GetProperty("then_random")), Random(generator, 2));
        Assert.Equal(Longs(mixed.GetProperty("then_integers_0_2")), Bits(generator, 5));
        Assert.Equal(Longs(mixed.GetProperty("then_integers_0_2_again")), Bits(generator, 100));
        Assert.Equal(Longs(mixed.GetProperty("then_permutation_20")), generator.Permutation(20).Select(i => (long)i));
        Assert.Equal(Longs(mixed.GetProperty("then_integers_0_2_single")), Bits(generator, 1));
        Assert.Equal(Longs(mixed.GetProperty("then_choice_1000_5")), generator.Choice(1000, 5).Select(i => (long)i));
        Assert.Equal(Doubles(mixed.GetProperty("then_random_again")), Random(generator, 2));
    }

    [Fact]
    public void BitsAreIntegersBelowTwoForAnySizeAndAnyBuffer()
    {
        NumPyGenerator bits = new(5);
        NumPyGenerator integers = bits.Clone();
        for (int size = 0; size < 40; size++)
        {
            long[] expected = new long[size];
            integers.Integers(0, 2, expected);
            Assert.Equal(expected, Bits(bits, size));
        }
    }

    [Fact]
    public void ACloneGoesOnAloneFromTheSamePlace()
    {
        NumPyGenerator generator = new(5);
        generator.Integers(0, 2);
        NumPyGenerator clone = generator.Clone();
        long[] expected = Bits(generator, 9);
        Assert.Equal(expected, Bits(clone, 9));
        Assert.Equal(generator.NextDouble(), clone.NextDouble());
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(5, -1)]
    [InlineData(0, 1)]
    public void AChoiceThatCannotBeMadeIsRefused(int n, int size)
    {
        MnistException fault = Assert.Throws<MnistException>(() => new NumPyGenerator(1).Choice(n, size));
        Assert.Equal("SampleOutOfRange", fault.Id);
    }

    [Fact]
    public void RangesWithNothingInThemAreRefused()
    {
        NumPyGenerator generator = new(1);
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Integers(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => generator.Permutation(-1));
    }

    private static void AssertIsTheListOf(JsonElement expected, int[] drawn, NumPyGenerator afterwards)
    {
        Assert.Equal(Longs(expected.GetProperty("first")), drawn.Take(20).Select(i => (long)i));
        Assert.Equal(expected.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(drawn.AsSpan()))));
        Assert.Equal(expected.GetProperty("next").GetInt64(), afterwards.Integers(0, 1000));
    }

    private static double[] Random(NumPyGenerator generator, int size)
    {
        double[] numbers = new double[size];
        generator.Fill(numbers);
        return numbers;
    }

    private static long[] Bits(NumPyGenerator generator, int size)
    {
        long[] numbers = new long[size];
        generator.Fill(numbers, 0, 1);
        return numbers;
    }

    private static JsonElement[] ReadVectors()
    {
        using Stream file = typeof(NumPyGeneratorTests).Assembly.GetManifestResourceStream("default_rng.json")!;
        using JsonDocument document = JsonDocument.Parse(file);
        return [.. document.RootElement.GetProperty("vectors").Clone().EnumerateArray()];
    }

    private static JsonElement VectorOf(ulong seed) => _vectors.Single(vector => SeedOf(vector) == seed);

    private static ulong SeedOf(JsonElement vector) => ulong.Parse(vector.GetProperty("seed").GetString()!, CultureInfo.InvariantCulture);

    private static double[] Doubles(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetDouble())];

    private static long[] Longs(JsonElement list) => [.. list.EnumerateArray().Select(number => number.GetInt64())];
}
