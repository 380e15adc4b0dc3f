using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Carries objects between the version they are stored in and the version a request speaks.</summary>
internal static class VersionConversion
{
    public static JsonObject FromStorage(ResourceType type, ResourceVersion version, StoredObject stored)
    {
        if (type.Traits.View is { } view)
            return stored.As(version, view.FromStorage);
        if (!type.IsCustom)
            return version.Storage ? stored.Value : stored.As(version, value => ToVersion(type, version, value));
        if (version.Storage && ReferenceEquals(stored.WrittenAs, version))
            return stored.Value;
        return stored.As(version, value =>
        {
            // The definition may have changed since the object was written: reading prunes and fills in by the current schema of
            // the version that it was written in, which need no longer be the storage version. Conversion fills in nothing.
            var own = type.Versions.FirstOrDefault(candidate => type.ApiVersion(candidate) == value.StringAt("apiVersion")) ?? type.StorageVersion;
            var current = ReferenceEquals(stored.WrittenAs, own) ? value : ObjectSchemas.Refit(own, ToVersion(type, own, value));
            return ReferenceEquals(version, own) ? current : ObjectSchemas.Prune(version, ToVersion(type, version, current));
        });
    }

    public static JsonObject ToStorage(ResourceType type, JsonObject obj)
    {
        if (type.Traits.View is { } view)
            return view.ToStorage(obj);
        var stored = ToVersion(type, type.StorageVersion, obj);
        return type.IsCustom && !ReferenceEquals(stored, obj) ? ObjectSchemas.Refit(type.StorageVersion, stored) : stored;
    }

    /// <summary>An object of one resource as one of another that is stored with it.</summary>
    public static JsonObject Between(ResourceType from, ResourceType to, JsonObject obj)
    {
        var stored = from.Traits.View?.ToStorage(obj) ?? obj;
        return to.Traits.View?.FromStorage(stored) ?? stored;
    }

    /// <summary>The object in another version of its kind, converted by the server itself.</summary>
    public static JsonObject Convert(ResourceType type, ResourceVersion version, JsonObject obj)
    {
        var converted = ToVersion(type, version, obj);
        return type.IsCustom && !ReferenceEquals(converted, obj) ? ObjectSchemas.Prune(version, converted) : converted;
    }

    private static JsonObject ToVersion(ResourceType type, ResourceVersion version, JsonObject obj)
    {
        var apiVersion = type.ApiVersion(version);
        if (obj.StringAt("apiVersion") == apiVersion)
            return obj;
        return type.Traits.Convert?.Invoke(obj, version.Name) ?? obj.With("apiVersion", apiVersion);
    }
}
