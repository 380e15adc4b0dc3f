using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Patching;

/// <summary>
/// JSON Patch (RFC 6902) as kube-apiserver applies it: <c>replace</c> of a missing member adds it, a negative index counts from
/// the end, <c>test</c> for null passes on a missing member, and no parent is ever made.
/// </summary>
internal static class JsonPatch
{
    /// <summary>The most operations one patch may hold.</summary>
    public const int MaximumOperations = 10_000;

    /// <summary>The most bytes that all <c>copy</c> operations of one patch may add.</summary>
    public const int MaximumCopiedBytes = 3 * 1024 * 1024;

    /// <exception cref="PatchException">The patch is no list of operations, or one of them does not fit.</exception>
    public static JsonValue Apply(JsonValue document, JsonValue patch)
    {
        if (patch is JsonNull)
            return document;
        if (patch is not JsonArray operations)
            throw new PatchException(PatchFailure.Malformed, $"error decoding patch: json: cannot unmarshal {GoText.KindOf(patch)} into Go value of type []handlers.jsonPatchOp");
        if (operations.Count > MaximumOperations)
            throw new PatchException(PatchFailure.TooLarge, $"The allowed maximum operations in a JSON patch is {MaximumOperations}, got {operations.Count}");
        var copied = 0L;
        foreach (var item in operations)
        {
            if (item is JsonNull)
                throw DoesNotApply("unexpected kind unknown");
            if (item is not JsonObject operation)
                throw new PatchException(PatchFailure.Malformed, $"error decoding patch: json: cannot unmarshal {GoText.KindOf(item)} into Go value of type handlers.jsonPatchOp");
            document = Apply(document, operation, ref copied);
        }

        return document;
    }

    private static JsonValue Apply(JsonValue document, JsonObject operation, ref long copied)
    {
        var path = Pointer(operation, "path");
        switch (operation.StringAt("op"))
        {
            case "add":
                return Add(document, path, operation["value"] ?? JsonValue.Null);
            case "remove":
                return Remove(document, path);
            case "replace":
                return Replace(document, path, operation["value"] ?? JsonValue.Null);
            case "test":
                return Test(document, path, operation["value"] ?? JsonValue.Null);
            case "move":
                var from = Pointer(operation, "from");
                return Add(Remove(document, from), path, Get(document, from));
            case "copy":
                var copy = Get(document, Pointer(operation, "from"));
                copied += JsonText.ToUtf8(copy).Length;
                return copied <= MaximumCopiedBytes
                    ? Add(document, path, copy)
                    : throw new PatchException(PatchFailure.Unprocessable, $"the copy operations of this patch add more than {MaximumCopiedBytes} bytes");
            default:
                throw DoesNotApply($"unexpected kind {operation["op"]}");
        }
    }

    private static JsonPointer Pointer(JsonObject operation, string member) =>
        operation.StringAt(member) is { } text && JsonPointer.Parse(text) is { } pointer ? pointer : throw DoesNotApply($"{member} is missing or no JSON pointer");

    private static JsonValue Get(JsonValue document, JsonPointer path) =>
        path.TryGet(document, out var value) ? value ?? JsonValue.Null : throw DoesNotApply("nothing there");

    private static JsonValue Test(JsonValue document, JsonPointer path, JsonValue expected)
    {
        if (!path.TryGet(document, out var actual) || !(actual ?? JsonValue.Null).Equals(expected))
            throw DoesNotApply("test failed");
        return document;
    }

    private static JsonValue Add(JsonValue document, JsonPointer path, JsonValue value)
    {
        if (path.IsRoot)
            throw DoesNotApply("the whole document can only be replaced");
        RequireDepth(path, value);
        return path.Edit(document, (obj, key) => obj.With(key, value), (array, step) => Insert(array, step, value)) ?? throw DoesNotApply("no parent");
    }

    /// <summary>Each operation may put what the one before made deep into itself again.</summary>
    private static void RequireDepth(JsonPointer path, JsonValue value)
    {
        if (path.Length + JsonDepth.Of(value) > JsonDepth.Maximum)
            throw DoesNotApply($"the document would be nested deeper than {JsonDepth.Maximum}");
    }

    private static JsonArray? Insert(JsonArray array, string step, JsonValue value)
    {
        if (step == "-")
            return new JsonArray(array.Items.Add(value));
        return JsonPointer.Index(step, array.Count + 1) is { } index && index <= array.Count ? new JsonArray(array.Items.Insert(index, value)) : null;
    }

    private static JsonValue Remove(JsonValue document, JsonPointer path) => path.IsRoot
        ? throw DoesNotApply("the whole document cannot be removed")
        : path.Edit(
            document,
            static (obj, key) => obj.ContainsKey(key) ? obj.Without(key) : null,
            static (array, step) => JsonPointer.Index(step, array.Count) is { } index && index < array.Count ? new JsonArray(array.Items.RemoveAt(index)) : null)
        ?? throw DoesNotApply("nothing to remove");

    private static JsonValue Replace(JsonValue document, JsonPointer path, JsonValue value)
    {
        if (path.IsRoot)
            return value is JsonObject or JsonArray ? value : throw DoesNotApply("a document is an object or an array");
        RequireDepth(path, value);
        return path.Edit(
                document,
                (obj, key) => obj.With(key, value),
                (array, step) => JsonPointer.Index(step, array.Count) is { } index && index < array.Count ? new JsonArray(array.Items.SetItem(index, value)) : null)
            ?? throw DoesNotApply("no parent");
    }

    private static PatchException DoesNotApply(string cause) => new(PatchFailure.Unprocessable, cause);
}
