using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Patching;
using OperatorKit.ApiServer.Schemas;

namespace OperatorKit.ApiServer.Apply;

/// <summary>Refuses an applied configuration that its schema cannot type, in the words of kube-apiserver.</summary>
internal static class MergeTypeCheck
{
    /// <exception cref="MergeTypeException">A member is unknown, a value has the wrong type, or a list item cannot be told from another.</exception>
    public static void Require(JsonObject config, MergeType type)
    {
        var errors = new List<string>();
        Check(config, type, [], errors);
        if (errors.Count > 0)
            throw new MergeTypeException(errors);
    }

    private static void Check(JsonValue value, MergeType type, List<string> path, List<string> errors)
    {
        if (value is JsonNull)
            return;
        switch (type.ShapeOf(value))
        {
            case MergeShape.Map:
                if (value is JsonObject members)
                    CheckMembers(members, type, path, errors);
                else
                    Add(path, $"expected map, got &{{{GoText.Of(value)}}}", errors);
                break;
            case MergeShape.List:
                if (value is JsonArray items)
                    CheckItems(items, type, path, errors);
                else
                    Add(path, $"expected list, got &{{{GoText.Of(value)}}}", errors);
                break;
            default:
                if (ScalarError(type.Scalar!.Value, value) is { } error)
                    Add(path, error, errors);
                break;
        }
    }

    private static void CheckMembers(JsonObject members, MergeType type, List<string> path, List<string> errors)
    {
        foreach (var (name, value) in members)
        {
            path.Add(PathElement.Field(name));
            if (type.Field(name) is { } member)
                Check(value, member, path, errors);
            else
                Add(path, "field not declared in schema", errors);
            path.RemoveAt(path.Count - 1);
        }
    }

    private static void CheckItems(JsonArray items, MergeType type, List<string> path, List<string> errors)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < items.Count; i++)
        {
            var element = PathElement.Index(i);
            if (type.ListType != SchemaListType.Atomic)
            {
                try
                {
                    element = ListItems.ElementOf(type, items[i]);
                }
                catch (MergeTypeException error)
                {
                    Add(path, $"element {i}: {error.Message}", errors);
                    return;
                }

                if (!seen.Add(element))
                    Add(path, $"duplicate entries for key {PathElement.Display(element)}", errors);
            }

            path.Add(element);
            Check(items[i], type.Element!, path, errors);
            path.RemoveAt(path.Count - 1);
        }
    }

    private static string? ScalarError(ScalarType type, JsonValue value) => (type, value) switch
    {
        (ScalarType.Number, not JsonNumber) => $"expected numeric (int or float), got {GoType(value)}",
        (ScalarType.String, not JsonString) => $"expected string, got &value.valueUnstructured{{Value:{GoLiteral(value)}}}",
        (ScalarType.Boolean, not JsonBool) => $"expected boolean, got &{{{GoText.Of(value)}}}",
        (ScalarType.Any, JsonObject or JsonArray) => $"expected any scalar, got &{{{GoText.Of(value)}}}",
        _ => null,
    };

    private static string GoType(JsonValue value) => value switch
    {
        JsonString => "string",
        JsonBool => "bool",
        JsonObject => "map[string]interface {}",
        JsonArray => "[]interface {}",
        JsonNumber number => number.TryGetInt64(out _) ? "int64" : "float64",
        _ => "<nil>",
    };

    private static string GoLiteral(JsonValue value) => value switch
    {
        JsonObject obj => $"map[string]interface {{}}{{{string.Join(", ", obj.OrderBy(static member => member.Key, StringComparer.Ordinal).Select(static member => $"\"{member.Key}\":{GoLiteral(member.Value)}"))}}}",
        JsonArray array => $"[]interface {{}}{{{string.Join(", ", array.Items.Select(GoLiteral))}}}",
        _ => value.ToString(),
    };

    private static void Add(List<string> path, string error, List<string> errors) => errors.Add($"{PathElement.Display(path)}: {error}");
}
