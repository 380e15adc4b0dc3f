using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Operations;

/// <summary>Carries objects between the version they are stored in and the version a request speaks.</summary>
internal static class VersionConversion
{
    public static JsonObject FromStorage(ResourceType type, ResourceVersion version, StoredObject stored)
    {
        var apiVersion = type.ApiVersion(version);
        if (type.Traits.View is { } view)
            return stored.As(version, view.FromStorage);
        if (stored.WrittenAs == (object)version)
            return stored.Value;
        return stored.As(version, value => ObjectSchemas.Refit(type, version, value.With("apiVersion", apiVersion)));
    }

    public static JsonObject ToStorage(ResourceType type, JsonObject obj) =>
        type.Traits.View is { } view ? view.ToStorage(obj) : obj.With("apiVersion", type.ApiVersion(type.StorageVersion));
}
