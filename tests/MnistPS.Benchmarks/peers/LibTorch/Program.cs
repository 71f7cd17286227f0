// Trains a network of float32 in libtorch with Adam and cross-entropy, a quarter of an epoch per run, shuffled in each epoch. It does the same as
// training.py, and takes the same arguments: a folder with the images and labels as raw bytes, the batch size, the layers.
using System.Diagnostics;
using System.Globalization;
using MnistPS.Benchmarks.LibTorch;
using TorchSharp;
using static TorchSharp.torch;

Shim.Prepare();
string folder = args[0];
int batchSize = int.Parse(args[1], CultureInfo.InvariantCulture);
set_num_threads(int.Parse(Environment.GetEnvironmentVariable("OMP_NUM_THREADS")!, CultureInfo.InvariantCulture));

List<nn.Module<Tensor, Tensor>> layers = [];
Tensor signal = zeros(1, 1, 28, 28);
foreach (string word in args[2..])
{
    foreach (nn.Module<Tensor, Tensor> layer in LayersOf(word, signal.shape))
    {
        layers.Add(layer);
        signal = layer.call(signal);
    }
}

nn.Module<Tensor, Tensor> network = nn.Sequential(layers);
byte[] labelBytes = File.ReadAllBytes(Path.Combine(folder, "training-labels"));
Tensor images = tensor(File.ReadAllBytes(Path.Combine(folder, "training-images"))).reshape(-1, 1, 28, 28).to(ScalarType.Float32) / 255;
Tensor labels = tensor(labelBytes).to(ScalarType.Int64);
optim.Optimizer optimizer = optim.Adam(network.parameters(), lr: 0.001);
TorchSharp.Modules.CrossEntropyLoss lossOf = nn.CrossEntropyLoss();
int batches = labelBytes.Length / batchSize / 4;
int quarter = 0;
Tensor order = randperm(labelBytes.Length, ScalarType.Int64);
network.train();

Console.WriteLine($"version libtorch {__version__}");
while (Console.ReadLine() is not null)
{
    long start = Stopwatch.GetTimestamp();
    Run();
    Console.WriteLine(FormattableString.Invariant($"seconds {Stopwatch.GetElapsedTime(start).TotalSeconds}"));
}

void Run()
{
    if (quarter % 4 == 0)
    {
        order = randperm(labelBytes.Length, ScalarType.Int64);
    }

    int first = quarter++ % 4 * batches;
    for (int batch = first; batch < first + batches; batch++)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor chosen = order.narrow(0, (long)batch * batchSize, batchSize);
        optimizer.zero_grad();
        Tensor loss = lossOf.call(network.call(images.index_select(0, chosen)), labels.index_select(0, chosen));
        loss.backward();
        optimizer.step();
    }
}

static nn.Module<Tensor, Tensor>[] LayersOf(string word, long[] shape)
{
    string[] parts = word.Split(' ', 'x');
    return parts switch
    {
        ["conv", string filters, string kernel] => [nn.Conv2d(shape[1], Whole(filters), kernel_size: Whole(kernel))],
        ["pool", string size] => [nn.MaxPool2d(Whole(size))],
        ["relu"] => [nn.ReLU()],
        ["dropout", string rate] => [nn.Dropout(double.Parse(rate, CultureInfo.InvariantCulture))],
        ["dense", string units] when shape.Length > 2 => [nn.Flatten(), nn.Linear(shape[1..].Aggregate((x, y) => x * y), Whole(units))],
        ["dense", string units] => [nn.Linear(shape[1], Whole(units))],
        _ => throw new ArgumentException($"'{word}' is no layer of this peer.", nameof(word)),
    };
}

static long Whole(string number) => long.Parse(number, CultureInfo.InvariantCulture);
