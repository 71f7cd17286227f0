using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using MnistPS.Formats;
using MnistPS.Layers;
using MnistPS.Networks;
using MnistPS.Tensors;

namespace MnistPS.Web;

/// <summary>An HTML page with a network on which users draw digits. The network's values are float32.</summary>
internal static class DrawingPage
{
    // A page of 21 MB, which browsers on phones still open.
    private const int MostParameters = 4_000_000;

    // The relaxed encoder leaves "<" as it is, which could end the script element around the text.
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    /// <summary>Writes the page.</summary>
    /// <param name="network">The network, as of its last whole epoch.</param>
    /// <param name="title">The page's title, as text.</param>
    /// <param name="path">The file.</param>
    /// <param name="replace">Whether an existing file may be replaced.</param>
    /// <exception cref="MnistException">
    /// The network has too many parameters (<c>NetworkTooLargeForPage</c>) or values that are not finite in float32 (<c>NetworkNotFinite</c>); the file
    /// exists (<c>PageFileExists</c>), or cannot be written (<c>PageFileNotWritable</c>).
    /// </exception>
    public static void Write(MnistNetwork network, string title, string path, bool replace)
    {
        byte[] page = Encoding.UTF8.GetBytes(Create(network, title));
        AtomicFile.Write(path, replace, FileRole.Page, file => file.Write(page));
    }

    /// <summary>Creates the page as a string.</summary>
    /// <exception cref="MnistException">
    /// The network has too many parameters (<c>NetworkTooLargeForPage</c>) or values that are not finite in float32 (<c>NetworkNotFinite</c>).
    /// </exception>
    public static string Create(MnistNetwork network, string title)
    {
        if (network.ParameterCount > MostParameters)
        {
            throw new MnistException("NetworkTooLargeForPage", Fault.InvalidArgument, string.Create(CultureInfo.InvariantCulture,
                $"The network has {network.ParameterCount:N0} parameters; a page has {MostParameters:N0} at most, since all of them are in it. Make layers smaller, or keep the network by Export-MnistNetwork."), network);
        }

        NetworkState state = network.State;
        NetworkDefinition definition = network.Definition;
        Layer[] layers = [.. definition.Layers.Select((layer, i) => Describe(layer, definition.Shapes[i], definition.Shapes[i + 1]))];
        string text = JsonSerializer.Serialize(new
        {
            Layers = layers,
            GivesProbabilities = network.Loss == LossKind.CrossEntropy,
            network.ClassNames,
            Temperature = state.Calibration?.Temperature ?? 1,
            Tail = state.Calibration?.Tail,
            DigitForms.Ways,
            DigitForms.Components,
        }, _json);
        return HtmlTemplate.Fill(
            "page.html", ["theme.css", "page.css"], ["network.js", "picture.js", "theme.js", "page.js"], title,
            ("network", text), ("weights", Convert.ToBase64String(Weights(network, state))),
            ("forms", state.Calibration is { } calibration ? Convert.ToBase64String(Forms(calibration.Forms)) : ""), ("summary", WebUtility.HtmlEncode(Summary(network, state))));
    }

    private static Layer Describe(LayerDefinition layer, Shape input, Shape output)
    {
        (int size, bool isSame) = layer switch
        {
            ConvolutionDefinition convolution => (convolution.Kernel, convolution.IsSame),
            PoolDefinition pool => (pool.Size, false),
            _ => (0, false),
        };
        return new Layer(
            layer.ToString().Split(' ')[0], Dimensions(input), Dimensions(output), size, isSame, layer is ActivationDefinition activation ? activation.Slope : 0,
            [.. layer.ParametersFor(input).Select(parameter => parameter.Count)]);

        static int[] Dimensions(Shape shape) => [shape.Rows, shape.Columns, shape.Channels];
    }

    /// <summary>All parameter values as float32, little-endian, parameter by parameter.</summary>
    private static byte[] Weights(MnistNetwork network, NetworkState state)
    {
        byte[] bytes = new byte[state.Values.Sum(values => values.Length) * sizeof(float)];
        int i = 0;
        foreach (double number in state.Values.SelectMany(values => values))
        {
            if (!float.IsFinite((float)number))
            {
                throw new MnistException("NetworkNotFinite", Fault.InvalidData, string.Create(CultureInfo.InvariantCulture,
                    $"Number {i} of the network is {number}; a number that fits into 32 bits was expected, up to {float.MaxValue:0.0E+0}. Train a new network, at a lower -LearningRate."), network);
            }

            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i++ * sizeof(float)), (float)number);
        }

        return bytes;
    }

    /// <summary>The forms of digits, 16 bits each, little-endian: none is beyond 1, and so many bits are precise enough.</summary>
    private static byte[] Forms(DigitForms forms)
    {
        byte[] bytes = new byte[forms.Numbers.Length * sizeof(short)];
        for (int i = 0; i < forms.Numbers.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(i * sizeof(short)), (short)MathF.Round(short.MaxValue * Math.Clamp(forms.Numbers[i], -1, 1)));
        }

        return bytes;
    }

    private static string Summary(MnistNetwork network, NetworkState state)
    {
        string epochs = state.History.Count == 1 ? "1 epoch" : string.Create(CultureInfo.InvariantCulture, $"{state.History.Count} epochs");
        return string.Create(CultureInfo.InvariantCulture, $"{network} · {network.ParameterCount:N0} parameters · {epochs} of training · made with MnistPS");
    }

    /// <summary>A layer for the page's script.</summary>
    /// <param name="Kind">The kind, as in <c>-Layer</c>.</param>
    /// <param name="Input">Rows, columns and channels of the input.</param>
    /// <param name="Output">Rows, columns and channels of the output.</param>
    /// <param name="Size">Rows and columns of a filter or a window.</param>
    /// <param name="IsSame">Whether a convolution has zero padding.</param>
    /// <param name="Slope">The slope of a leaky ReLU.</param>
    /// <param name="Parameters">The number of values of each parameter.</param>
    private sealed record Layer(string Kind, int[] Input, int[] Output, int Size, bool IsSame, double Slope, int[] Parameters);
}
