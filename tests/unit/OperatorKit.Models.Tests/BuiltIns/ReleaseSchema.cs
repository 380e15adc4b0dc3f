using System.Runtime.CompilerServices;
using System.Text.Json;

namespace OperatorKit.Models.Tests.BuiltIns;

/// <summary>The schema data of the release, read for itself: what the generator makes of it is held against it.</summary>
internal static class ReleaseSchema
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllBytes(PathOf())).RootElement;

    public static IEnumerable<JsonElement> Resources => Root.GetProperty("resources").EnumerateArray();

    /// <summary>The fields of a definition; none of an empty struct.</summary>
    public static IEnumerable<JsonElement> Fields(string definition) =>
        Root.GetProperty("definitions").GetProperty(definition).TryGetProperty("fields", out var fields) ? fields.EnumerateArray() : [];

    /// <summary>What a definition is the kind of; of types that belong to all groups the core group's. Null of a part.</summary>
    public static JsonElement? GroupVersionKind(string definition) =>
        Root.GetProperty("definitions").GetProperty(definition).TryGetProperty("gvk", out var kinds) ? kinds.EnumerateArray().MinBy(k => k.Text("group")!.Length) : null;

    public static string? Text(this JsonElement node, string member) => node.TryGetProperty(member, out var value) ? value.GetString() : null;

    private static string PathOf([CallerFilePath] string caller = "") =>
        Path.Combine(Path.GetDirectoryName(caller)!, "../../../../runtime/OperatorKit.Models/BuiltIns/kubernetes-1.36.schema.json");
}
