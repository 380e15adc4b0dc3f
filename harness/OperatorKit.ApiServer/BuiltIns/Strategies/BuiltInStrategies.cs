using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>What the server changes in an object of a kind before it is stored.</summary>
/// <param name="Create">From the new object.</param>
/// <param name="Update">From the new object and the stored one.</param>
internal readonly record struct Strategy(Func<JsonObject, JsonObject>? Create, Func<JsonObject, JsonObject, JsonObject>? Update);

internal static class BuiltInStrategies
{
    public static Strategy Of(string group, string kind) => (group, kind) switch
    {
        ("", "Pod") => new(PodStrategy.Create, PodStrategy.Update),
        ("", "Namespace") => new(NamespaceStrategy.Create, NamespaceStrategy.Update),
        ("", "Service") => new(ServiceStrategy.Create, ServiceStrategy.Update),
        ("", "PersistentVolumeClaim") => new(static claim => Protected(WithSource(claim), "kubernetes.io/pvc-protection"), null),
        ("", "PersistentVolume") => new(static volume => Protected(InPhase(volume), "kubernetes.io/pv-protection"), null),
        ("storage.k8s.io", "VolumeAttributesClass") => new(static attributes => Protected(attributes, "kubernetes.io/vac-protection"), null),
        ("", "LimitRange") => new(Named, null),
        ("", "ServiceAccount") => new(NamedSecrets, static (account, _) => NamedSecrets(account)),
        ("", "Node") => new(NodeStrategy.Create, null),
        ("apps", "DaemonSet") => new(DaemonSetStrategy.Create, DaemonSetStrategy.Update),
        ("batch", "Job") => new(JobStrategy.Create, null),
        ("certificates.k8s.io", "CertificateSigningRequest") => new(null, CertificateRequestParts.Update),
        ("apiextensions.k8s.io", "CustomResourceDefinition") => new(DefinitionStrategy.Create, DefinitionStrategy.Update),
        _ => default,
    };

    /// <summary>A limit range without a name gets one that looks like a uid; it follows from the uid, to be the same in each run.</summary>
    private static JsonObject Named(JsonObject range)
    {
        if (range.StringAt("metadata", "name") is { Length: > 0 } || !Guid.TryParse(range.StringAt("metadata", "uid"), out var uid))
            return range;
        var bytes = uid.ToByteArray();
        bytes[0] ^= 0xff;
        return range.WithAt(["metadata", "name"], new Guid(bytes).ToString());
    }

    /// <summary>Of the secrets of an account nothing counts but their names.</summary>
    private static JsonObject NamedSecrets(JsonObject account) => account.ChangeEach("secrets", static secret => secret["name"] is { } name ? JsonObject.Of(("name", name)) : JsonObject.Empty);

    /// <summary>A volume tells since when it is in its phase: from the beginning.</summary>
    private static JsonObject InPhase(JsonObject volume) => volume.At("metadata", "creationTimestamp") is { } created
        ? volume.ChangeOrAdd("status", status => status.OrDefault("lastPhaseTransitionTime", created))
        : volume;

    /// <summary>What a claim is filled from can be said in two fields, which are kept the same.</summary>
    private static JsonObject WithSource(JsonObject claim) => claim.Change("spec", static spec => (spec.ObjectAt("dataSource"), spec.ObjectAt("dataSourceRef")) switch
    {
        ({ } source, null) => spec.With("dataSourceRef", source),
        (null, { } reference) when string.IsNullOrEmpty(reference.StringAt("namespace")) => spec.With("dataSource", reference),
        _ => spec,
    });

    private static JsonObject Protected(JsonObject obj, string finalizer) => obj.ChangeOrAdd("metadata", metadata =>
        metadata.Strings("finalizers").Contains(finalizer, StringComparer.Ordinal)
            ? metadata
            : metadata.With("finalizers", JsonArray.Of(metadata.Strings("finalizers").Append(finalizer).Select(JsonValue.From))));
}
