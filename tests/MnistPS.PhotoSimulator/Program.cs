// Photos of handwritten digits, rendered: see docs/accuracy.md.
using System.Globalization;
using MnistPS;
using MnistPS.PhotoSimulator;

const string Usage = """
    dotnet run --project tests/MnistPS.PhotoSimulator -- FOLDER [--effect NAME]… [--count 1000] [--pages 0] [--seed 1] [--mnist FOLDER]

    Writes photos of digits and labels.csv, a line a digit: its file, effect, place in the data set, label, and box in the upright photo.
    --effect  one of the effects, several times for several; without it, each alone and all together
    --count   photos of single digits of each effect
    --pages   photos of pages of 5 × 10 digits
    --seed    another one, other digits and photos
    --mnist   the folder with MNIST's files, whose test images are written; without it, those in the module's cache, or else embedded digits
    """;

string? folder = null, mnist = null;
List<PhotoEffect> effects = [];
int count = 1000, pages = 0, seed = 1;
for (int i = 0; i < args.Length; i++)
{
    string value = i + 1 < args.Length ? args[i + 1] : "";
    bool isNumber = int.TryParse(value, CultureInfo.InvariantCulture, out int number) && number >= 0;
    bool isRead = true;
    switch (args[i])
    {
        case "--effect" when Enum.TryParse(value, ignoreCase: true, out PhotoEffect effect) && Enum.IsDefined(effect):
            effects.Add(effect);
            break;
        case "--count" when isNumber:
            count = number;
            break;
        case "--pages" when isNumber:
            pages = number;
            break;
        case "--seed" when isNumber:
            seed = number;
            break;
        case "--mnist" when Directory.Exists(value):
            mnist = value;
            break;
        case var name when folder is null && !name.StartsWith('-'):
            folder = name;
            i--;
            break;
        default:
            isRead = false;
            break;
    }

    if (!isRead)
    {
        Console.Error.WriteLine($"'{string.Join(' ', args[i..])}' was not understood.");
        Console.Error.WriteLine(Usage);
        return 1;
    }

    i++;
}

if (folder is null)
{
    Console.Error.WriteLine(Usage);
    return 1;
}

ImageSet digits = await Digits(mnist ?? MnistCache.DefaultFolder);
if (count > digits.Count)
{
    Console.Error.WriteLine($"There are {digits.Count} digits for --count {count}.");
    return 1;
}

Directory.CreateDirectory(folder);
int[] indices = new NumPyGenerator((ulong)seed).Choice(digits.Count, count);
Studio studio = new(digits, folder, (ulong)seed);
foreach (PhotoEffect effect in effects.Count > 0 ? effects : [.. Enum.GetValues<PhotoEffect>()])
{
    Console.WriteLine($"{effect}: {count} photos");
    studio.TakeDigits(effect, indices);
}

if (pages > 0)
{
    Console.WriteLine($"Page: {pages} photos");
    studio.TakePages(pages);
}

studio.WriteLabels();
return 0;

static async Task<ImageSet> Digits(string source)
{
    try
    {
        MnistDataset mnist = await MnistFolder.LoadAsync(source, Console.Error.WriteLine, CancellationToken.None);
        Console.WriteLine($"The test images of {mnist.Name} in {source}.");
        return mnist.Test;
    }
    catch (MnistException) when (source == MnistCache.DefaultFolder)
    {
        Console.WriteLine("Embedded digits, since MNIST is not in the cache.");
        return SyntheticDigits.CreateDataset(seed: 1, trainingCount: 1, testCount: 10_000).Test;
    }
}
