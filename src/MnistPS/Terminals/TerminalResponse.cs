using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace MnistPS.Terminals;

/// <summary>
/// Parses a terminal's responses to Kitty's query, to the query for the cell size, and to DA1 (device attributes), which comes last and which every
/// terminal answers.
/// </summary>
/// <remarks>
/// Sources: Kitty's terminal graphics protocol, "Querying support and available transmission mediums"; xterm's "Control Sequences": CSI 16 t, CSI c.
/// </remarks>
internal sealed partial class TerminalResponse
{
    /// <summary>The queries, written at once.</summary>
    public const string Question = "\e_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\e\\\e[16t\e[c";

    /// <summary>Pixels of a character if the terminal does not say.</summary>
    public static readonly (int Width, int Height) UsualCell = (10, 20);

    private readonly StringBuilder _input = new();

    /// <summary>Whether the last response has arrived.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether it supports Kitty's graphics protocol.</summary>
    public bool HasKitty { get; private set; }

    /// <summary>Whether it supports sixels: attribute 4 as a whole, not as a digit of another attribute.</summary>
    public bool HasSixel { get; private set; }

    /// <summary>Pixels of a character.</summary>
    public (int Width, int Height) Cell { get; private set; } = UsualCell;

    /// <summary>Adds bytes as they arrive, in any pieces.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _input.Append(Encoding.Latin1.GetString(bytes));
        string left = KittyAnswer().Replace(_input.ToString(), match =>
        {
            HasKitty |= match.Groups["message"].Value == "OK";
            return "";
        });
        left = CellAnswer().Replace(left, match =>
        {
            int height = int.Parse(match.Groups["height"].ValueSpan, CultureInfo.InvariantCulture);
            int width = int.Parse(match.Groups["width"].ValueSpan, CultureInfo.InvariantCulture);
            Cell = width is > 0 and < 200 && height is > 0 and < 400 ? (width, height) : Cell;
            return "";
        });
        left = AttributesAnswer().Replace(left, match =>
        {
            IsComplete = true;
            HasSixel |= match.Groups["attributes"].Value.Split(';').Contains("4");
            return "";
        });
        _input.Clear().Append(left);
    }

    /// <summary>Takes the bytes that are no response, the user's keys. An incomplete response stays.</summary>
    public byte[] TakeKeys()
    {
        string left = _input.ToString();
        int begun = BegunAnswer().Match(left) is { Success: true } match ? match.Index : left.Length;
        _input.Remove(0, begun);
        return Encoding.Latin1.GetBytes(left[..begun]);
    }

    [GeneratedRegex(@"\e_Gi=31;(?<message>[^\e]*)\e\\")]
    private static partial Regex KittyAnswer();

    [GeneratedRegex(@"\e\[6;(?<height>\d{1,5});(?<width>\d{1,5})t")]
    private static partial Regex CellAnswer();

    [GeneratedRegex(@"\e\[\?(?<attributes>[\d;]*)c")]
    private static partial Regex AttributesAnswer();

    // A lone escape at the end may be a key, but none is pressed between two bytes of a response.
    [GeneratedRegex(@"\e(_[^\e]*(\e)?|\[(6(;\d*){0,2})?|\[\?[\d;]*)?$")]
    private static partial Regex BegunAnswer();
}
