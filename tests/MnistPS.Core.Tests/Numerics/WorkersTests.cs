using MnistPS.Numerics;

namespace MnistPS.Tests;

public sealed class WorkersTests
{
    private const long Much = long.MaxValue;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void EachPlaceIsVisitedOnceWhateverTheLength(int threads)
    {
        using Workers workers = new(threads);
        for (int count = 0; count < 40; count++)
        {
            int[] visits = new int[count];
            workers.For(count, Much, (from, to) =>
            {
                for (int i = from; i < to; i++)
                {
                    Interlocked.Increment(ref visits[i]);
                }
            });
            Assert.All(visits, visit => Assert.Equal(1, visit));
        }
    }

    /// <summary>The thread with the first part, most often the caller, waits in it until the others have done the rest of its range too.</summary>
    [Fact]
    public void NoneWaitsForASlowerOne()
    {
        using Workers workers = new(3);
        int done = 0;
        bool isHelped = false;
        workers.For(90, Much, (from, to) =>
        {
            if (from == 0)
            {
                isHelped = SpinWait.SpinUntil(() => Volatile.Read(ref done) == 90 - to, TimeSpan.FromSeconds(20));
            }

            Interlocked.Add(ref done, to - from);
        });
        Assert.True(isHelped);
        Assert.Equal(90, done);
    }

    [Fact]
    public void ASharesOwnerStartsAtItsFrontAndOthersAtItsBack()
    {
        WorkPartition shares = new(2);
        shares.Fill(16);
        Assert.Equal([(8, 12), (12, 14), (14, 15), (15, 16), (4, 8), (2, 4)], Enumerable.Range(0, 6).Select(_ => Take(1)));
        Assert.Equal([(0, 1), (1, 2)], Enumerable.Range(0, 2).Select(_ => Take(0)));
        Assert.False(shares.TryTake(0, out _, out _));
        Assert.False(shares.TryTake(1, out _, out _));

        (int From, int To) Take(int thread)
        {
            Assert.True(shares.TryTake(thread, out int from, out int to));
            return (from, to);
        }
    }

    [Fact]
    public void LittleWorkStaysOnTheCallingThread()
    {
        using Workers workers = new(4);
        List<int> threads = [];
        workers.For(1000, 10, (_, _) => threads.Add(Environment.CurrentManagedThreadId));
        Assert.Equal([Environment.CurrentManagedThreadId], threads);
    }

    [Fact]
    public void AnotherThreadDoesWhatWasStartedWhileTheCallingOneGoesOn()
    {
        using Workers workers = new(2);
        using ManualResetEventSlim isReleased = new();
        int thread = 0;
        for (int round = 0; round < 100; round++)
        {
            isReleased.Reset();
            workers.Start(1, (_, _) =>
            {
                isReleased.Wait();
                thread = Environment.CurrentManagedThreadId;
            });
            Assert.False(workers.IsFinished);
            isReleased.Set();
            Assert.True(SpinWait.SpinUntil(() => workers.IsFinished, TimeSpan.FromSeconds(20)));
            workers.Finish();
            Assert.NotEqual(Environment.CurrentManagedThreadId, thread);
        }
    }

    /// <summary>A training that continues while the epoch before is tested, and the test.</summary>
    [Fact]
    public void WhileALoopIsUnderWayOthersStayOnTheThreadsThatCall()
    {
        using Workers workers = new(2);
        using ManualResetEventSlim isReleased = new();
        int[] inside = new int[8];
        int[] beside = new int[8];
        int thread = 0;
        workers.Start(1, (_, _) =>
        {
            thread = Environment.CurrentManagedThreadId;
            workers.For(inside.Length, Much, (from, to) => Array.Fill(inside, Environment.CurrentManagedThreadId, from, to - from));
            isReleased.Wait();
        });
        workers.For(beside.Length, Much, (from, to) => Array.Fill(beside, Environment.CurrentManagedThreadId, from, to - from));
        Assert.False(workers.IsFinished);
        Assert.All(beside, id => Assert.Equal(Environment.CurrentManagedThreadId, id));
        Assert.True(SpinWait.SpinUntil(() => Volatile.Read(ref inside[^1]) != 0, TimeSpan.FromSeconds(20)));
        isReleased.Set();
        workers.Finish();
        Assert.All(inside, id => Assert.Equal(thread, id));

        using Barrier both = new(2);
        bool isShared = true;
        workers.For(2, Much, (_, _) => isShared &= both.SignalAndWait(TimeSpan.FromSeconds(20)));
        Assert.True(isShared);
    }

    [Fact]
    public void WhatNobodyHasBegunTheCallingThreadDoesItself()
    {
        // A team of one starts no background work.
        using Workers workers = new(1);
        int thread = 0;
        workers.Start(1, (_, _) => thread = Environment.CurrentManagedThreadId);
        Assert.Equal((0, false), (thread, workers.IsFinished));
        workers.Finish();
        Assert.Equal((Environment.CurrentManagedThreadId, true), (thread, workers.IsFinished));
    }

    [Fact]
    public void AFaultOfWhatWasStartedComesOutAtItsFinish()
    {
        using Workers workers = new(2);
        workers.Start(1, (_, _) => throw new InvalidOperationException("bad part"));
        Assert.True(SpinWait.SpinUntil(() => workers.IsFinished, TimeSpan.FromSeconds(20)));
        Assert.Equal("bad part", Assert.Throws<InvalidOperationException>(workers.Finish).Message);
    }

    [Fact]
    public void RoundsFollowEachOtherWithAndWithoutAPause()
    {
        using Workers workers = new(5);
        int total = 0;
        for (int round = 0; round < 3000; round++)
        {
            if (round % 100 == 0)
            {
                // Long enough for the other threads to sleep.
                Thread.Sleep(20);
            }

            workers.For(5, Much, (from, to) => Interlocked.Add(ref total, to - from));
        }

        Assert.Equal(15_000, total);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void AFaultOfAnyPartComesOutWhenAllAreDoneAndTheTeamGoesOn(int bad)
    {
        using Workers workers = new(3);
        int finished = 0;
        InvalidOperationException fault = Assert.Throws<InvalidOperationException>(() => workers.For(3, Much, (from, _) =>
        {
            if (from == bad)
            {
                throw new InvalidOperationException("bad part");
            }

            Thread.Sleep(20);
            Interlocked.Increment(ref finished);
        }));
        Assert.Equal("bad part", fault.Message);
        Assert.Equal(2, finished);

        int total = 0;
        workers.For(3, Much, (from, to) => Interlocked.Add(ref total, to - from));
        Assert.Equal(3, total);
    }

    [Fact]
    public void DisposingEndsAllThreads()
    {
        HashSet<Thread> threads = [];
        using (Workers workers = new(4))
        {
            using Barrier all = new(4);
            workers.For(4, Much, (_, _) =>
            {
                lock (threads)
                {
                    threads.Add(Thread.CurrentThread);
                }

                all.SignalAndWait();
            });
        }

        threads.Remove(Thread.CurrentThread);
        Assert.Equal(3, threads.Count);
        Assert.All(threads, thread => Assert.False(thread.IsAlive));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void ATeamHasAtLeastOneThread(int count) => Assert.Throws<ArgumentOutOfRangeException>(() => new Workers(count));
}
