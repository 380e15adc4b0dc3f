using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace OperatorKit.Client;

/// <summary>YAML as the JSON that Kubernetes takes it for.</summary>
internal static class YamlJson
{
    private const int MaximumNodes = 1_000_000;

    /// <summary>Converts a node.</summary>
    /// <exception cref="FormatException">It holds what JSON cannot, or is too large once aliases are written out.</exception>
    public static JsonNode? Of(YamlNode node)
    {
        var left = MaximumNodes;
        return Convert(node, 0, ref left);
    }

    // Aliases can make a small text endless: so many nodes may still come.
    private static JsonNode? Convert(YamlNode node, int depth, ref int left)
    {
        if (depth > BoundedYaml.MaximumDepth || --left < 0)
        {
            throw new FormatException($"Line {node.Start.Line}: nested more than {BoundedYaml.MaximumDepth} deep, or more than {MaximumNodes} nodes once aliases are written out.");
        }

        switch (node)
        {
            case YamlMappingNode mapping:
                return Convert(mapping, depth, ref left);
            case YamlSequenceNode sequence:
                var items = new JsonArray();
                foreach (var item in sequence.Children)
                {
                    items.Add(Convert(item, depth + 1, ref left));
                }

                return items;
            case YamlScalarNode { Style: not ScalarStyle.Plain } scalar:
                return JsonValue.Create(scalar.Value);
            case YamlScalarNode scalar:
                return Plain(scalar.Value ?? "");
            default:
                throw new FormatException($"Line {node.Start.Line}: a YAML node that JSON cannot hold.");
        }
    }

    private static JsonObject Convert(YamlMappingNode mapping, int depth, ref int left)
    {
        var json = new JsonObject();
        foreach (var (key, value) in mapping.Children)
        {
            var name = key is YamlScalarNode { Value: { } text } ? text : throw new FormatException($"Line {key.Start.Line}: a member's name must be text.");
            json[name] = Convert(value, depth + 1, ref left);
        }

        return json;
    }

    // YAML 1.1's words for true and false are taken as Kubernetes' own parser takes them.
    private static JsonValue? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => JsonValue.Create(true),
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when IsNumberLike(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) => JsonValue.Create(real),
        _ => JsonValue.Create(text),
    };

    private static bool IsNumberLike(string text) => text.Any(char.IsAsciiDigit) && text.All(c => char.IsAsciiDigit(c) || c is '.' or '-' or '+' or 'e' or 'E');
}
