using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Tracing;
using MnistPS.Networks;

namespace MnistPS.Tests;

/// <summary>How the JIT compiles a training, which the runtime says in its events. In a process that has trained before it says nothing.</summary>
[Collection(nameof(Alone))]
public sealed class JitTests
{
    /// <summary>Says that nothing has run yet in this process.</summary>
    public const string IsCold = "MNISTPS_TEST_COLD";

    // So few that what is called once an epoch does not come to the thirty calls after which a method is compiled anew.
    private const int Epochs = 3;

    public JitTests() => Assert.SkipUnless(Environment.GetEnvironmentVariable(IsCold) == "1", $"{IsCold} does not say that nothing has run yet.");

    /// <summary>
    /// What is called for each image is compiled once, with optimisation. Otherwise tens of thousands of steps go by, and several trainings, until the
    /// runtime has compiled it anew; and a loop that is left for faster code in the middle is compiled twice before its method has returned once.
    /// </summary>
    [Fact]
    public async Task NoMethodOfTheStepIsCompiledTwice()
    {
        MnistDataset dataset = Sample.Dataset(1000, 1000);
        using JitListener jit = new();
        double first = Train();

        // Methods that were called often enough are compiled anew a tenth of a second after the last new one, and are counted from then on. On a busy
        // machine that begins later, so a training is repeated that came before it; not so often that what is called once an epoch counts as often.
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

        // Of several, since someone else may have the core meanwhile.
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

    /// <summary>Listens to which methods of the project are compiled, and how.</summary>
    private sealed class JitListener : EventListener
    {
        /// <summary>With all optimisation, when first called.</summary>
        public const int Optimized = 2;

        /// <summary>Anew, since it was called often, or in the middle of a loop; there are several ways, of which this is the first.</summary>
        public const int Again = 4;

        /// <summary>Bytes of machine code up to which a method does no more than to give or to take a number.</summary>
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
