using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MnistPS.Layers;
using MnistPS.Networks;

namespace MnistPS.Formats;

/// <summary>The part of a network in a file that is no tensor, as a JSON text (RFC 8259).</summary>
/// <param name="Version">The version of the module that wrote it.</param>
/// <param name="Layers">The words of <c>-Layer</c>.</param>
/// <param name="IsTutorial">Whether the layers have the tutorial's quirks. The name in files is that of version 0.2.0.</param>
/// <param name="Loss">The loss.</param>
/// <param name="LabelSmoothing">The share of a target that is spread over all classes, from 0 to 1.</param>
/// <param name="Initializer">The initialization of the weights.</param>
/// <param name="WeightRange">The range of uniform weights.</param>
/// <param name="Seed">The generator's seed.</param>
/// <param name="Precision">The precision of training.</param>
/// <param name="Generator">The state of the generator.</param>
/// <param name="Optimizer">The state of the optimizer without its moments, or null before the first training.</param>
/// <param name="Defaults">The defaults of training.</param>
/// <param name="History">The metrics of all epochs.</param>
/// <param name="Runs">The trainings that the epochs belong to.</param>
/// <param name="Position">The position of the training under way, or null.</param>
/// <param name="Calibration">The calibration without its digit forms, or null if the network is not calibrated.</param>
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
    /// <summary>The names of the labels, or null if they are the digits.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string[]? ClassNames { get; init; }

    private static readonly JsonSerializerOptions _strict = new()
    {
        // A speed that was not measured is infinite. NetworkValidator checks which values must be finite.
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
    };

    /// <summary>The record as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, _strict);

    /// <summary>Parses JSON.</summary>
    /// <exception cref="FormatException">It is no such record, or has missing or unknown members.</exception>
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
/// <param name="Temperature">The divisor of the outputs.</param>
/// <param name="Tail">The largest residuals of digits.</param>
internal sealed record CalibrationRecord(double Temperature, double[] Tail);

/// <summary>The state of an optimizer without its moments.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="StepCount">Steps taken.</param>
internal sealed record OptimizerRecord(OptimizerKind Kind, long StepCount);

/// <summary>The position of a training: <see cref="TrainingPosition"/> without the values of its best network.</summary>
/// <param name="Options">The options of the training.</param>
/// <param name="Dataset">The name of the data set and the digest of its images.</param>
/// <param name="FirstEpoch">The number of its first epoch.</param>
/// <param name="IsFinished">Whether the training is finished.</param>
/// <param name="Watch">The state of early stopping, or null without.</param>
internal sealed record PositionRecord(TrainingOptions Options, string Dataset, int FirstEpoch, bool IsFinished, WatchRecord? Watch);

/// <summary>The state of early stopping.</summary>
/// <param name="BestError">The smallest validation error, or null before the first.</param>
/// <param name="Waited">Epochs since the smallest error.</param>
/// <param name="BestGenerator">The state of the best network's generator.</param>
/// <param name="BestStepCount">Steps of the best network's optimizer.</param>
internal sealed record WatchRecord(double? BestError, int Waited, NumPyGeneratorState? BestGenerator, long BestStepCount);
