using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>The pods that a <c>spec.template</c> stands for.</summary>
internal static class PodTemplate
{
    private const string SafeAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>A pod with a name of the server's choice.</summary>
    public static Create Generated(JsonObject owner, JsonObject template, string kind, string apiVersion) =>
        Pod(owner, template, kind, apiVersion, JsonObject.Of(("generateName", owner.Name + "-")), "");

    /// <summary>A pod of a given name.</summary>
    public static Create Named(JsonObject owner, JsonObject template, string kind, string apiVersion, string name) =>
        Pod(owner, template, kind, apiVersion, JsonObject.Of(("name", name)), name);

    /// <summary>A short text that differs between templates and is the same for equal ones; fit for names and labels.</summary>
    public static string Hash(JsonObject template)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in Canonical(template))
            hash = (hash ^ character) * 1099511628211UL;
        return string.Concat(Enumerable.Range(0, 10).Select(i => SafeAlphabet[(int)((hash >> (i * 5)) % (ulong)SafeAlphabet.Length)]));
    }

    public static JsonObject WithLabel(JsonObject item, string key, string value) => item.WithAt(["metadata", "labels", key], value);

    private static Create Pod(JsonObject owner, JsonObject template, string kind, string apiVersion, JsonObject name, string podName)
    {
        var metadata = name.With("namespace", owner.Namespace);
        foreach (var field in (string[])["labels", "annotations", "finalizers"])
        {
            if (template.At("metadata", field) is { } value)
                metadata = metadata.With(field, value);
        }

        metadata = metadata.With("ownerReferences", OwnerReference.ControlledBy(owner, apiVersion, kind));
        var pod = JsonObject.Of(
            ("apiVersion", "v1"),
            ("kind", "Pod"),
            ("metadata", metadata),
            ("spec", template.ObjectAt("spec") ?? JsonObject.Empty));
        return new Create(new ObjectKey(WellKnown.Pods, owner.Namespace, podName), pod);
    }

    private static string Canonical(JsonValue value) => value switch
    {
        JsonObject item => string.Join(",", item.Keys.Order(StringComparer.Ordinal).Select(key => $"{key}={Canonical(item[key]!)}")) is var text ? $"{{{text}}}" : "",
        JsonArray array => $"[{string.Join(",", array.Items.Select(Canonical))}]",
        JsonNumber number => number.TryGetInt64(out var whole) ? whole.ToString(CultureInfo.InvariantCulture) : number.Token,
        _ => value.ToString(),
    };
}
