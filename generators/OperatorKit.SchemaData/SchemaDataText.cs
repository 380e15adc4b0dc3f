using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OperatorKit.SchemaData;

/// <summary>Writes the schema data: strict JSON, one field or resource a line, without descriptions, the same bytes for the same input.</summary>
internal static class SchemaDataText
{
    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] TypeMeta = ["kind", "apiVersion"];

    public static string Write(string version, OpenApiDocuments documents, WireTypes wire, IReadOnlyList<JsonObject> resources)
    {
        var text = new StringBuilder();
        text.Append("{\"version\":\"").Append(version).Append("\",\n\"definitions\":{\n");
        text.AppendJoin(",\n", documents.Definitions.Select(definition => Definition(definition.Key, definition.Value, wire.MembersOf(definition.Key))));
        text.Append("\n},\n\"resources\":[\n");
        text.AppendJoin(",\n", resources.Select(resource => resource.ToJsonString(Compact)));
        return text.Append("\n]}\n").ToString();
    }

    private static string Definition(string name, JsonObject schema, IReadOnlyList<KeyValuePair<string, WireMember>> members)
    {
        var head = SchemaNode.Compact(schema);
        if (schema["x-kubernetes-group-version-kind"] is { } kinds)
            head["gvk"] = kinds.DeepClone();
        if (schema["properties"] is not JsonObject properties)
            return $"\"{name}\":{head.ToJsonString(Compact)}";

        var named = members.Select(member => member.Key).ToList();
        var order = TypeMeta.Except(named).Concat(named).Concat(properties.Select(property => property.Key));
        var required = schema["required"]?.AsArray().Select(item => item!.GetValue<string>()).ToHashSet(StringComparer.Ordinal) ?? [];
        var wire = members.GroupBy(member => member.Key, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First().Value, StringComparer.Ordinal);
        var fields = order.Distinct(StringComparer.Ordinal).Where(properties.ContainsKey)
            .Select(field => Field(field, properties[field]!.AsObject(), required.Contains(field), wire.GetValueOrDefault(field)));
        head.Remove("type");
        var start = head.Count == 0 ? "{" : head.ToJsonString(Compact)[..^1] + ",";
        return $"\"{name}\":{start}\"fields\":[\n{string.Join(",\n", fields)}]}}";
    }

    private static string Field(string name, JsonObject schema, bool required, WireMember? wire)
    {
        var field = new JsonObject { ["name"] = name };
        foreach (var (key, value) in SchemaNode.Compact(schema))
            field[key] = value?.DeepClone();
        if (required)
            field["required"] = true;
        if (wire is null)
            return field.ToJsonString(Compact);

        field["go"] = wire.Go;
        if (wire.OmitEmpty)
            field["omitempty"] = true;
        if (wire.OmitZero)
            field["omitzero"] = true;
        if (wire.Number is { } number)
            field["pb"] = number;
        if (!wire.Inside.IsEmpty)
            field["in"] = new JsonArray([.. wire.Inside.Select(message => (JsonNode)message)]);
        return field.ToJsonString(Compact);
    }
}
