using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OperatorKit.Models.Tests.BuiltIns;

/// <summary>
/// Makes objects from the schema data with values at the edges, and writes them in ways that say the same: members in any order,
/// given twice, null where they are absent, unknown ones, escapes, white space.
/// </summary>
internal sealed class SchemaObject(Random random)
{
    private static readonly string[] Strings =
        ["", "a", "name", "é😀日本", "\"quoted\"\\/", "line\nbreak\t\u0001\r", "\u2028<&>'+", new('x', 300), "null", "0", "~!@#$%^&*()"];

    private static readonly string[] Quantities = ["0", "1", "100m", "-1500m", "1Gi", "1536Mi", "9223372036854775807", "1n", "12e6"];
    private static readonly string[] Times = ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-11-22T23:59:59Z", "9999-12-31T23:59:59Z"];
    private static readonly string[] MicroTimes = ["0001-01-01T00:00:00.000000Z", "2026-11-22T23:59:59.000001Z", "2026-11-22T23:59:59.123456Z", "9999-12-31T23:59:59.999999Z"];
    private static readonly string[] Unknown = ["null", "[[],{}]", "{\"a\":{\"b\":[1,null]}}", "\"\\u0041\"", "-1.5e300", "true"];
    private static readonly string[] Skipped = ["managedFields", "apiVersion", "kind"];

    /// <summary>An object of a definition, plain and with noise.</summary>
    public (JsonObject Plain, string Noisy) Make(string definition, int depth)
    {
        var plain = new JsonObject();
        var members = new List<string>();
        foreach (var field in ReleaseSchema.Fields(definition))
        {
            var name = field.Text("name")!;
            if (Skipped.Contains(name))
                continue;
            if (random.Next(4) == 0 || Value(field, depth) is not var (value, text))
            {
                if (random.Next(4) == 0)
                    members.Add($"{Quoted(name)}:null");
                continue;
            }

            plain[name] = value;
            members.Add($"{Quoted(name)}{Space()}:{Space()}{text}");
        }

        AddIdentity(plain, definition);
        return (plain, Noisy(members));
    }

    /// <summary>An object of a kind says so, and has metadata, wherever it is: whether or not it was written.</summary>
    private static void AddIdentity(JsonObject plain, string definition)
    {
        if (ReleaseSchema.GroupVersionKind(definition) is not { } kind)
            return;
        plain["apiVersion"] = kind.Text("group") is { Length: > 0 } group ? $"{group}/{kind.Text("version")}" : kind.Text("version");
        plain["kind"] = kind.Text("kind");
        if (ReleaseSchema.Fields(definition).Any(f => f.Text("ref")?.EndsWith(".ObjectMeta", StringComparison.Ordinal) == true && f.Text("name") == "metadata"))
            plain["metadata"] ??= new JsonObject();
    }

    private string Noisy(List<string> members)
    {
        var shuffled = members.ToArray();
        random.Shuffle(shuffled);
        var text = new StringBuilder("{" + Space());
        for (var i = 0; i < shuffled.Length; i++)
        {
            // Of a member that is there twice the last one counts.
            if (random.Next(8) == 0)
                text.Append(shuffled[i]).Append(',');
            if (random.Next(8) == 0)
                text.Append($"\"x-unknown{i}\":{Unknown[random.Next(Unknown.Length)]},");
            text.Append(shuffled[i]).Append(Space()).Append(',');
        }

        return text.Append("\"zzz\":[{\"spec\":null}]}").ToString();
    }

    private (JsonNode Value, string Text)? Value(JsonElement node, int depth)
    {
        if (node.Text("ref") is { } reference)
            return Reference(reference, depth);
        return node.Text("type") switch
        {
            "string" when node.Text("format") == "byte" => Scalar(JsonValue.Create(Convert.ToBase64String(Encoding.UTF8.GetBytes(Pick(Strings))))),
            "string" => String(Pick(Strings)),
            "boolean" => Scalar(JsonValue.Create(random.Next(2) == 0)),
            "integer" when node.Text("format") == "int32" => Integer(random.Next(3) == 0 ? random.Next() : Pick([0, 1, -1, int.MaxValue, int.MinValue])),
            "integer" => Integer(Pick([0, -1, 9007199254740993, long.MaxValue, long.MinValue])),
            "number" => Scalar(JsonValue.Create(Pick([0, -0.5, 1e-300, double.MaxValue, 0.1]))),
            "array" => List(node.GetProperty("items"), depth),
            "object" => Map(node.GetProperty("map"), depth),
            _ => throw new InvalidOperationException(node.ToString()),
        };
    }

    private (JsonNode, string)? Reference(string name, int depth)
    {
        switch (name[(name.LastIndexOf('.') + 1)..])
        {
            case "Time": return String(Pick(Times));
            case "MicroTime": return String(Pick(MicroTimes));
            case "Quantity": return String(Pick(Quantities));
            case "IntOrString": return random.Next(2) == 0 ? Integer(Pick([0, 80, int.MaxValue])) : String(Pick(Strings));
            case "JSON" or "RawExtension" or "JSONSchemaPropsOrArray" or "JSONSchemaPropsOrBool" or "JSONSchemaPropsOrStringArray":
                return Scalar(JsonNode.Parse("""{"a":[1,null,{"b":2.5e-3}],"é":"\n"}""")!);
        }

        if (depth == 0)
            return null;
        var (plain, noisy) = Make(name, depth - 1);
        return (plain, noisy);
    }

    private (JsonNode, string)? List(JsonElement item, int depth)
    {
        var values = Enumerable.Range(0, random.Next(4)).Select(_ => Value(item, depth)).OfType<(JsonNode Value, string Text)>().ToList();
        return (new JsonArray([.. values.Select(v => v.Value)]), "[" + string.Join("," + Space(), values.Select(v => v.Text)) + Space() + "]");
    }

    private (JsonNode, string)? Map(JsonElement value, int depth)
    {
        var plain = new JsonObject();
        var members = new List<string>();
        foreach (var key in Strings.Where(_ => random.Next(3) == 0))
        {
            if (Value(value, depth) is not var (node, text))
                continue;
            plain[key] = node;
            members.Add($"{Quoted(key)}:{text}");
        }

        return (plain, "{" + string.Join(",", members) + "}");
    }

    private static (JsonNode, string) Scalar(JsonNode value) => (value, value.ToJsonString());

    private (JsonNode, string) String(string value) => (JsonValue.Create(value), Quoted(value));

    /// <summary>A whole number in one of the notations that JSON has for it.</summary>
    private (JsonNode, string) Integer(long value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return (JsonValue.Create(value), random.Next(4) == 0 && Math.Abs((double)value) < 1e15 ? text + Pick([".0", "e0", ".00E+0"]) : text);
    }

    private string Quoted(string text) => random.Next(2) == 0
        ? JsonSerializer.Serialize(text)
        : "\"" + string.Concat(text.Select(c => $"\\u{(int)c:x4}")) + "\"";

    private string Space() => random.Next(4) == 0 ? " \n\t" : "";

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];
}
