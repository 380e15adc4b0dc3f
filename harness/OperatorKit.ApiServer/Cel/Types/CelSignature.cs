using System.Collections.Immutable;

namespace OperatorKit.ApiServer.Cel.Types;

/// <summary>What a function takes and gives, read from text such as <c>list(A), int -&gt; A</c>.</summary>
internal sealed record CelSignature(ImmutableArray<CelType> Parameters, CelType Result)
{
    public static CelSignature Parse(string text)
    {
        var arrow = text.IndexOf("->", StringComparison.Ordinal);
        return new CelSignature([.. Split(text[..arrow]).Select(ParseType)], ParseType(text[(arrow + 2)..].Trim()));
    }

    private static CelType ParseType(string text)
    {
        var open = text.IndexOf('(', StringComparison.Ordinal);
        if (open > 0)
        {
            var parameters = Split(text[(open + 1)..^1]).Select(ParseType).ToArray();
            return text[..open] switch
            {
                "list" => CelType.List(parameters[0]),
                "map" => CelType.Map(parameters[0], parameters[1]),
                _ => CelType.Optional(parameters[0]),
            };
        }

        return text switch
        {
            "dyn" => CelType.Dyn,
            "null" => CelType.Null,
            "bool" => CelType.Bool,
            "int" => CelType.Int,
            "uint" => CelType.Uint,
            "double" => CelType.Double,
            "string" => CelType.String,
            "bytes" => CelType.Bytes,
            "timestamp" => CelType.Timestamp,
            "duration" => CelType.Duration,
            "type" => CelType.Type,
            { Length: 1 } => CelType.Parameter(text),
            _ => CelType.Opaque(text),
        };
    }

    private static IEnumerable<string> Split(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] != ',' || depth > 0)
                continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }

        if (text[start..].Trim() is { Length: > 0 } last)
            yield return last;
    }
}
