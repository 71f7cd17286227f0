using System.Globalization;
using System.Text.Json;

namespace MnistPS.Formats;

/// <summary>
/// The state of a generator as the JSON text that <c>json.dumps(rng.bit_generator.state)</c> gives in Python and
/// <c>rng.bit_generator.state = json.loads(text)</c> accepts. Source: NumPy, "PCG64".
/// </summary>
internal static class GeneratorText
{
    private const string Kind = "PCG64";

    /// <summary>The text of a state.</summary>
    public static string Of(NumPyGeneratorState state) => string.Create(CultureInfo.InvariantCulture,
        $"{{\"bit_generator\": \"{Kind}\", \"state\": {{\"state\": {state.State}, \"inc\": {state.Increment}}}, \"has_uint32\": {(state.UpperHalf is null ? 0 : 1)}, \"uinteger\": {state.UpperHalf ?? 0}}}");

    /// <summary>Parses a text.</summary>
    /// <exception cref="FormatException">It is no such text, or that of another generator than default_rng's; the message is a clause.</exception>
    public static NumPyGeneratorState Parse(string text)
    {
        string? kind;
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            JsonElement root = json.RootElement;
            kind = root.GetProperty("bit_generator").GetString();
            if (kind == Kind)
            {
                JsonElement state = root.GetProperty("state");
                return new NumPyGeneratorState(
                    UInt128.Parse(state.GetProperty("state").GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture),
                    UInt128.Parse(state.GetProperty("inc").GetRawText(), NumberStyles.None, CultureInfo.InvariantCulture),
                    root.GetProperty("has_uint32").GetInt32() == 0 ? null : root.GetProperty("uinteger").GetUInt32());
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or OverflowException or FormatException)
        {
            throw new FormatException("is no state of a generator; json.dumps(rng.bit_generator.state) was expected", e);
        }

        throw new FormatException($"is the state of '{TensorEntry.Shortened(kind ?? "null")}'; that of {Kind} was expected, which numpy.random.default_rng makes");
    }
}
