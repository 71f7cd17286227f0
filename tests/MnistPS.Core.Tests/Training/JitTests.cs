using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using MnistPS.Networks;

namespace MnistPS.Tests;

/// <summary>How the JIT compiles a training, by the runtime's events. They tell something only in a process that has not trained before.</summary>
[Collection(nameof(Alone))]
public sealed class JitTests
{
    /// <summary>The environment variable of a fresh process.</summary>
    public const string IsCold = "MNISTPS_TEST_COLD";

    // Few enough that a method called once per epoch stays below the thirty calls after which it is recompiled.
    private const int Epochs = 3;

    public JitTests() => Assert.SkipUnless(Environment.GetEnvironmentVariable(IsCold) == "1", $"{IsCold} does not say that nothing has run yet.");

    /// <summary>
    /// A method called per image is compiled once, with optimization. Otherwise tens of thousands of steps, and several trainings, pass before the runtime
    /// recompiles it; and a long loop is compiled twice before its method has returned once (on-stack replacement).
    /// </summary>
    [Fact]
    public async Task NoMethodOfTheStepIsCompiledTwice()
    {
        MnistDataset dataset = Sample.Dataset(1000, 1000);
        using JitListener jit = new();
        double first = Train();

        // The runtime recompiles hot methods a tenth of a second after the last new method, and counts calls from then on. On a busy machine that begins
        // later, so a training before it is repeated; not so often that a method called once per epoch becomes hot.
        for (int attempt = 0; attempt < 4 && !jit.Methods.Any(method => method.Tier >= JitListener.Again); attempt++)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
            Train();
            await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        }

        (string Name, int Tier, uint Size)[] methods = [.. jit.Methods];
        Assert.Contains(methods, method => method.Tier == JitListener.Optimized);
        Assert.Contains(methods, method => method.Tier >= JitListener.Again);
        Assert.Empty(methods
            .Where(method => method.Tier >= JitListener.Again && method.Size > JitListener.Trifle && !method.Name.EndsWith(".ctor", StringComparison.Ordinal))
            .Select(method => method.Name));

        // The minimum of several, since another process may use the core.
        double fastest = Enumerable.Range(0, 3).Min(_ => Train());
        Assert.InRange(fastest, 0, first);

        double Train()
        {
            MnistNetwork network = Sample.Tutorial(1);
            Stopwatch clock = Stopwatch.StartNew();
            Assert.Equal(Epochs, Sample.Train(network, dataset, TrainingOptions.For(network) with { Epochs = Epochs, Threads = 2 }).Length);
            return clock.Elapsed.TotalSeconds;
        }
    }

    /// <summary>Listens to the JIT's events of the project's methods.</summary>
    private sealed class JitListener : EventListener
    {
        /// <summary>Compiled with full optimization at the first call.</summary>
        public const int Optimized = 2;

        /// <summary>Recompiled after many calls or within a loop; the first of several such tiers.</summary>
        public const int Again = 4;

        /// <summary>The most bytes of machine code of a method that only gets or sets a value.</summary>
        public const int Trifle = 100;

        // https://learn.microsoft.com/dotnet/fundamentals/diagnostics/runtime-method-events
        private const EventKeywords Jit = (EventKeywords)0x10;
        private const int MethodLoadVerbose = 143;
        private const int TierShift = 7;
        private const int TierMask = 7;

        public ConcurrentQueue<(string Name, int Tier, uint Size)> Methods { get; } = new();

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "Microsoft-Windows-DotNETRuntime")
            {
                EnableEvents(eventSource, EventLevel.Verbose, Jit);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (eventData.EventId != MethodLoadVerbose)
            {
                return;
            }

            string type = (string)Value("MethodNamespace");
            if (type.StartsWith("MnistPS.", StringComparison.Ordinal) && !type.StartsWith("MnistPS.Tests.", StringComparison.Ordinal))
            {
                Methods.Enqueue(($"{type}.{Value("MethodName")}", (int)((uint)Value("MethodFlags") >> TierShift & TierMask), (uint)Value("MethodSize")));
            }

            object Value(string name) => eventData.Payload![eventData.PayloadNames!.IndexOf(name)]!;
        }
    }
}
