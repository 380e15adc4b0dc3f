using System.Collections.Immutable;
using System.Globalization;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Patching;

/// <summary>A JSON pointer (RFC 6901) and the edits of an immutable document that JSON Patch makes at one.</summary>
internal sealed class JsonPointer
{
    private readonly ImmutableArray<string> _steps;

    private JsonPointer(ImmutableArray<string> steps) => _steps = steps;

    public bool IsRoot => _steps.IsEmpty;

    public int Length => _steps.Length;

    /// <summary>Null where the text is neither empty nor starts with a slash.</summary>
    public static JsonPointer? Parse(string text)
    {
        if (text.Length == 0)
            return new JsonPointer([]);
        if (text[0] != '/')
            return null;
        return new JsonPointer([.. text[1..].Split('/').Select(static step => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))]);
    }

    /// <summary>
    /// What stands at the pointer: null where a member is missing from its object. False where the parent is missing or an index is out of range.
    /// </summary>
    public bool TryGet(JsonValue document, out JsonValue? value)
    {
        value = document;
        foreach (var step in _steps)
        {
            switch (value)
            {
                case JsonObject obj:
                    value = obj[step];
                    break;
                case JsonArray array when Index(step, array.Count) is { } index && index < array.Count:
                    value = array[index];
                    break;
                default:
                    value = null;
                    return false;
            }
        }

        return true;
    }

    /// <summary>The document with an edit made in the container that holds the pointer's last step; null where it does not fit.</summary>
    public JsonValue? Edit(JsonValue document, Func<JsonObject, string, JsonObject?> inObject, Func<JsonArray, string, JsonArray?> inArray) =>
        Edit(document, 0, inObject, inArray);

    /// <summary>A step as an index into an array of a length; negative ones count from the end, as kube-apiserver allows.</summary>
    public static int? Index(string step, int length)
    {
        if (!int.TryParse(step, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index))
            return null;
        if (index >= 0)
            return index;
        return index >= -length ? index + length : null;
    }

    private JsonValue? Edit(JsonValue container, int depth, Func<JsonObject, string, JsonObject?> inObject, Func<JsonArray, string, JsonArray?> inArray)
    {
        var step = _steps[depth];
        var last = depth == _steps.Length - 1;
        switch (container)
        {
            case JsonObject obj:
                if (last)
                    return inObject(obj, step);
                return obj[step] is { } member && Edit(member, depth + 1, inObject, inArray) is { } edited ? obj.With(step, edited) : null;
            case JsonArray array:
                if (last)
                    return inArray(array, step);
                return Index(step, array.Count) is { } index && index < array.Count && Edit(array[index], depth + 1, inObject, inArray) is { } item
                    ? new JsonArray(array.Items.SetItem(index, item))
                    : null;
            default:
                return null;
        }
    }
}
