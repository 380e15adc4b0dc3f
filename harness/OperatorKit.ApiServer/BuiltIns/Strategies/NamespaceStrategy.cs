using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>A namespace carries its name as a label, is active from the start, and stays until its content is gone.</summary>
internal static class NamespaceStrategy
{
    private const string NameLabel = "kubernetes.io/metadata.name";

    /// <summary>The finalizer that the namespace controller takes away once the content is gone.</summary>
    private static readonly JsonValue Finalizer = "kubernetes";

    public static JsonObject Create(JsonObject ns) => Labelled(ns)
        .With("spec", JsonObject.Of(("finalizers", WithFinalizer(ns.ArrayAt("spec", "finalizers") ?? JsonArray.Empty))))
        .With("status", JsonObject.Of(("phase", "Active")));

    public static JsonObject Update(JsonObject ns, JsonObject stored) =>
        stored["spec"] is { } spec ? ns.With("spec", spec) : ns;

    private static JsonArray WithFinalizer(JsonArray finalizers) =>
        finalizers.Contains(Finalizer) ? finalizers : JsonArray.Of(finalizers.Items.Append(Finalizer));

    /// <summary>The namespace with its name as a label, once it has one.</summary>
    public static JsonObject Labelled(JsonObject ns) => ns.ChangeOrAdd("metadata", static metadata =>
        metadata.StringAt("name") is { Length: > 0 } name ? metadata.ChangeOrAdd("labels", labels => labels.With(NameLabel, name)) : metadata);
}
