using System.Globalization;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Patching;

namespace OperatorKit.ApiServer.Webhooks;

/// <summary>The JSON patch of a webhook or policy. Other than the patch of a client, one that does not fit says why.</summary>
internal static class AdmissionPatch
{
    /// <param name="nullsAreValues">Whether a test for null fails where there is nothing, as for what an expression made.</param>
    /// <exception cref="AdmissionPatchException">An operation does not fit the object.</exception>
    public static JsonValue Apply(JsonValue value, IEnumerable<JsonObject> patch, bool nullsAreValues = false)
    {
        foreach (var operation in patch)
        {
            if (nullsAreValues && operation.StringAt("op") == "test" && operation["value"] is JsonNull && Container(value, operation.StringAt("path") ?? "") is not null && !Exists(value, operation.StringAt("path") ?? ""))
                throw new AdmissionPatchException(Why(value, operation), isTest: true);
            try
            {
                value = JsonPatch.Apply(value, JsonArray.Of(operation));
            }
            catch (PatchException)
            {
                throw new AdmissionPatchException(Why(value, operation), operation.StringAt("op") == "test" && Container(value, operation.StringAt("path") ?? "") is not null);
            }
        }

        return value;
    }

    /// <summary>What is wrong with an operation, in the words of the library that kube-apiserver patches with.</summary>
    private static string Why(JsonValue document, JsonObject operation)
    {
        var (path, from) = (operation.StringAt("path") ?? "", operation.StringAt("from") ?? "");
        return operation.StringAt("op") switch
        {
            "add" when Container(document, path) is null => $"add operation does not apply: doc is missing path: \"{path}\": missing value",
            "add" => $"error in add for path: '{path}': {Misplaced(path)}",
            "remove" when Container(document, path) is null => $"remove operation does not apply: doc is missing path: \"{path}\": missing value",
            "remove" => $"error in remove for path: '{path}': {Missing(document, path)}",
            "replace" when Container(document, path) is null => $"replace operation does not apply: doc is missing path: {path}: missing value",
            "replace" => $"replace operation does not apply: doc is missing key: {path}: missing value",
            "move" when Container(document, from) is null => $"move operation does not apply: doc is missing from path: {from}: missing value",
            "move" when !Exists(document, from) => $"error in move for path: '{Last(from)}': {Missing(document, from)}",
            "move" when Container(document, path) is null => $"move operation does not apply: doc is missing destination path: {path}: missing value",
            "move" => $"error in move for path: '{path}': {Misplaced(path)}",
            "copy" when Container(document, from) is null => $"copy operation does not apply: doc is missing from path: {from}: missing value",
            "copy" when !Exists(document, from) => $"error in copy for from: '{from}': {Missing(document, from)}",
            "copy" when Container(document, path) is null => $"copy operation does not apply: doc is missing destination path: {path}: missing value",
            "copy" => $"error while adding value during copy: {Misplaced(path)}",
            "test" when Container(document, path) is null => $"test operation does not apply: is missing path: {path}: missing value",
            "test" => $"testing value {path} failed: test failed",
            var other => $"Unexpected kind: {other}",
        };
    }

    /// <summary>The object or list that holds the last step of a path; null where there is none.</summary>
    private static JsonValue? Container(JsonValue document, string path) =>
        path.LastIndexOf('/') is >= 0 and var slash && JsonPointer.Parse(path[..slash]) is { } parent && parent.TryGet(document, out var value) && value is JsonObject or JsonArray ? value : null;

    private static bool Exists(JsonValue document, string path) => Container(document, path) switch
    {
        JsonObject obj => obj.ContainsKey(Last(path)),
        JsonArray array => JsonPointer.Index(Last(path), array.Count) is { } index && index < array.Count,
        _ => false,
    };

    private static string Missing(JsonValue document, string path) => Container(document, path) is JsonArray ? Misplaced(path) : $"Unable to remove nonexistent key: {Last(path)}: missing value";

    private static string Misplaced(string path) => int.TryParse(Last(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var index)
        ? string.Create(CultureInfo.InvariantCulture, $"Unable to access invalid index: {index}: invalid index referenced")
        : $"value was not a proper array index: '{Last(path)}': strconv.Atoi: parsing \"{Last(path)}\": invalid syntax";

    private static string Last(string path) => path[(path.LastIndexOf('/') + 1)..].Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}

/// <summary>An operation that does not fit the object that it is to change.</summary>
/// <param name="isTest">Whether it found another value than it expected, and nothing worse.</param>
internal sealed class AdmissionPatchException(string message, bool isTest) : Exception(message)
{
    public bool IsTest { get; } = isTest;
}
