using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Metadata;

/// <summary>What the server itself does to <c>metadata</c> of an object on its way in.</summary>
internal static class MetadataPreparation
{
    private static readonly string[] SetByServer = ["uid", "creationTimestamp", "deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"];
    private static readonly string[] KeptFromStored = ["creationTimestamp", "generation"];
    private static readonly string[] KeptUnlessChanged = ["uid", "deletionTimestamp", "deletionGracePeriodSeconds"];

    /// <summary>Removes what only the server may set.</summary>
    public static JsonObject Wipe(JsonObject obj)
    {
        if (obj.ObjectAt("metadata") is not { } metadata)
            return obj;
        return obj.With("metadata", SetByServer.Aggregate(metadata, static (current, key) => current.Without(key)));
    }

    /// <summary>Gives a new object its identity.</summary>
    public static JsonObject Identify(JsonObject obj, string? ns, IdentifierSource identifiers, DateTimeOffset now)
    {
        var metadata = obj.ObjectAt("metadata") ?? JsonObject.Empty;
        var name = metadata.StringAt("name") ?? "";
        var generateName = metadata.StringAt("generateName") ?? "";
        if (name.Length == 0 && generateName.Length > 0)
            metadata = metadata.With("name", identifiers.Name(generateName));
        metadata = ns is null ? metadata.Without("namespace") : metadata.With("namespace", ns);
        if (!metadata.ContainsKey("uid"))
            metadata = metadata.With("uid", identifiers.Uid());
        return obj.With("metadata", metadata.With("creationTimestamp", KubernetesTime.Format(now)));
    }

    /// <summary>Takes from the stored object what an update leaves alone or leaves out.</summary>
    public static JsonObject Keep(JsonObject obj, JsonObject stored)
    {
        var before = stored.ObjectAt("metadata") ?? JsonObject.Empty;
        var metadata = (obj.ObjectAt("metadata") ?? JsonObject.Empty).Without("selfLink");
        foreach (var key in KeptFromStored)
            metadata = before[key] is { } value ? metadata.With(key, value) : metadata.Without(key);
        foreach (var key in KeptUnlessChanged)
        {
            var absent = metadata[key] is null or JsonNull or JsonString { Value: "" };
            if (absent)
                metadata = before[key] is { } value ? metadata.With(key, value) : metadata.Without(key);
        }

        foreach (var key in (string[])["namespace", "name"])
        {
            if (!metadata.ContainsKey(key) && before[key] is { } value)
                metadata = metadata.With(key, value);
        }

        return obj.With("metadata", metadata);
    }

    /// <summary>Drops owner references that say the same twice; gives the uids concerned.</summary>
    public static JsonObject WithoutDuplicateOwners(JsonObject obj, out IReadOnlyCollection<string> duplicates)
    {
        duplicates = [];
        if (obj.ArrayAt("metadata", "ownerReferences") is not { Count: > 1 } owners)
            return obj;
        var unique = owners.Distinct().ToArray();
        if (unique.Length == owners.Count)
            return obj;
        duplicates = [.. owners.GroupBy(static owner => owner).Where(static same => same.Count() > 1).Select(static same => (same.Key as JsonObject)?.StringAt("uid") ?? "")];
        return obj.WithAt(["metadata", "ownerReferences"], JsonArray.Of(unique));
    }
}
