using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Formats;

/// <summary>All of a network in a file that is no tensor, as a JSON text (RFC 8259).</summary>
/// <param name="Version">The version of the module that wrote it.</param>
/// <param name="Layers">The words of <c>-Layer</c>.</param>
/// <param name="IsTutorial">Whether they have the tutorial's quirks. Its name in files is that of version 0.2.0.</param>
/// <param name="Loss">What the outputs are measured by.</param>
/// <param name="LabelSmoothing">The share of a target that is spread over all classes.</param>
/// <param name="Initializer">How its weights were drawn.</param>
/// <param name="WeightRange">The range of uniform weights.</param>
/// <param name="Seed">The seed that its generator began with.</param>
/// <param name="Precision">The numbers that it computes with.</param>
/// <param name="Generator">Where its generator goes on.</param>
/// <param name="Optimizer">What its optimizer keeps besides its moments, or null before the first training.</param>
/// <param name="Defaults">How it is trained where the caller does not say.</param>
/// <param name="History">The metrics of its epochs.</param>
/// <param name="Runs">The trainings that these belong to.</param>
/// <param name="Position">Where the training stands that it is in, or null.</param>
/// <param name="Calibration">What makes its confidence right besides the forms of digits, or null if it was not calibrated.</param>
internal sealed record NetworkRecord(
    string Version,
    string[] Layers,
    [property: JsonPropertyName("is_documents")] bool IsTutorial,
    LossKind Loss,
    double LabelSmoothing,
    Initializer Initializer,
    double WeightRange,
    ulong Seed,
    Precision Precision,
    NumPyGeneratorState Generator,
    OptimizerRecord? Optimizer,
    TrainingDefaults Defaults,
    EpochMetrics[] History,
    TrainingRun[] Runs,
    PositionRecord? Position,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] CalibrationRecord? Calibration = null)
{
    /// <summary>What the labels stand for; null where they are the digits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? ClassNames { get; init; }

    private static readonly JsonSerializerOptions _strict = new()
    {
        // A speed that was not measured is infinite; the check of a network says where numbers must be finite.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>The text of it.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _strict);

    /// <summary>Reads a text.</summary>
    /// <exception cref="FormatException">It is none, or says more or less than this version does.</exception>
    public static NetworkRecord Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<NetworkRecord>(json, _strict) ?? throw new FormatException("It describes no network.");
        }
        catch (JsonException e)
        {
            throw new FormatException($"It describes no network that is known here, at '{e.Path}'.", e);
        }
    }
}

/// <summary>A calibration without the forms of digits.</summary>
/// <param name="Temperature">What outputs are divided by.</param>
/// <param name="Tail">The largest residuals of digits.</param>
internal sealed record CalibrationRecord(double Temperature, double[] Tail);

/// <summary>An optimizer without its moments.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="StepCount">Steps taken.</param>
internal sealed record OptimizerRecord(OptimizerKind Kind, long StepCount);

/// <summary>A training that can go on: <see cref="TrainingPosition"/> without the numbers of its best network.</summary>
/// <param name="Options">How it trains.</param>
/// <param name="Dataset">The data set, and the digest of its images.</param>
/// <param name="FirstEpoch">The number of its first epoch.</param>
/// <param name="IsFinished">Whether it has come to its end.</param>
/// <param name="Watch">What early stopping has seen, or null without.</param>
internal sealed record PositionRecord(TrainingOptions Options, string Dataset, int FirstEpoch, bool IsFinished, WatchRecord? Watch);

/// <summary>What early stopping has seen.</summary>
/// <param name="BestError">The smallest validation error, or null before the first.</param>
/// <param name="Waited">Epochs since then.</param>
/// <param name="BestGenerator">Where the generator of the best network goes on.</param>
/// <param name="BestStepCount">Steps that its optimizer had taken.</param>
internal sealed record WatchRecord(double? BestError, int Waited, NumPyGeneratorState? BestGenerator, long BestStepCount);
