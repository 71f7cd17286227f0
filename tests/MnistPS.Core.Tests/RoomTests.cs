using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;
using Xunit;

namespace MnistPS.Tests;

/// <summary>The folders of the core depend on each other in one direction only (docs/design.md), and not on PowerShell.</summary>
public sealed partial class RoomTests
{
    // Each folder may use those before it. Types outside the folders are free for all.
    private static readonly string[] _rooms =
    [
        "Files", "Numerics", "Random", "Data", "Photos", "Tensors", "Layers", "Losses", "Optimizers", "Networks", "Execution", "Formats", "Training", "Sweeps", "Measures", "Plots", "Web",
    ];

    private static readonly string _core = Path.Combine(RealMnist.RepositoryRoot(), "src", "MnistPS.Core");
    private static readonly Dictionary<short, OpCode> _opCodes = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Fact]
    public void EveryFolderIsARoom()
        => Assert.Equal(_rooms.Order(), Directory.GetDirectories(_core).Select(folder => Path.GetFileName(folder)).Except(["bin", "obj"]).Order());

    [Fact]
    public void ARoomKnowsOnlyThoseInFrontOfIt()
    {
        Dictionary<string, int> roomOf = new();
        foreach (string path in Directory.EnumerateFiles(_core, "*.cs", SearchOption.AllDirectories))
        {
            int room = Array.IndexOf(_rooms, Path.GetRelativePath(_core, path).Split(Path.DirectorySeparatorChar)[0]);
            foreach (Match type in room < 0 ? [] : TypesOf().Matches(File.ReadAllText(path)).AsEnumerable())
            {
                roomOf[type.Groups[1].Value] = room;
            }
        }

        Assert.All(typeof(MnistNetwork).Assembly.GetTypes().Where(type => RoomOf(type) >= 0), type => Assert.DoesNotContain(
            UsedBy(type).SelectMany(Parts), used => used.Assembly == type.Assembly && RoomOf(used) > RoomOf(type)));

        int RoomOf(Type type)
        {
            Type outermost = type;
            while (outermost.DeclaringType is { } declaring)
            {
                outermost = declaring;
            }

            return roomOf.GetValueOrDefault(outermost.Name.Split('`')[0], -1);
        }
    }

    [Fact]
    public void TheCoreReferencesNothingButTheFramework()
    {
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        Assert.All(
            typeof(MnistNetwork).Assembly.GetReferencedAssemblies(), reference => Assert.True(File.Exists(Path.Combine(framework, $"{reference.Name}.dll"))));
    }

    // The members of a type and the code of its methods. Constants are inlined by the compiler and not seen.
    private static IEnumerable<Type?> UsedBy(Type type)
    {
        const BindingFlags Own = BindingFlags.DeclaredOnly | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static;
        return
        [
            type.BaseType,
            .. type.GetInterfaces(),
            .. type.GetFields(Own).Select(field => field.FieldType),
            .. type.GetMethods(Own).Select(method => method.ReturnType),
            .. type.GetMethods(Own).Concat<MethodBase>(type.GetConstructors(Own)).SelectMany(
                method => method.GetParameters().Select(parameter => parameter.ParameterType).Concat(MentionedBy(method, type))),
        ];
    }

    private static IEnumerable<Type?> MentionedBy(MethodBase method, Type type)
    {
        byte[] code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        Type[] ofType = type.GetGenericArguments();
        Type[] ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : [];
        for (int at = 0; at < code.Length;)
        {
            OpCode operation = _opCodes[code[at] == 0xFE ? (short)(0xFE00 | code[++at]) : code[at]];
            at++;
            if (operation.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                MemberInfo member = type.Module.ResolveMember(BitConverter.ToInt32(code, at), ofType, ofMethod)!;
                yield return member as Type ?? member.DeclaringType;
                foreach (Type argument in member is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericArguments() : [])
                {
                    yield return argument;
                }
            }

            at += operation.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
                _ => 4,
            };
        }
    }

    private static IEnumerable<Type> Parts(Type? type) => type switch
    {
        null => [],
        { HasElementType: true } => Parts(type.GetElementType()),
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Parts).Append(type),
        _ => [type],
    };

    [GeneratedRegex(@"^(?:public|internal)[^\n;={(]*?\b(?:class|struct|interface|enum|record struct|record)\s+(\w+)", RegexOptions.Multiline)]
    private static partial Regex TypesOf();
}
