using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>A definition remembers every version that objects may have been stored in.</summary>
internal static class DefinitionStrategy
{
    public static JsonObject Create(JsonObject definition)
    {
        var status = JsonObject.Of(("conditions", JsonValue.Null), ("acceptedNames", JsonObject.Of(("plural", ""), ("kind", ""))));
        return definition.With("status", status.With("storedVersions", StorageVersion(definition) is { } version ? JsonArray.Of(version) : JsonValue.Null));
    }

    public static JsonObject Update(JsonObject definition, JsonObject stored)
    {
        if (StorageVersion(definition) is not { } version || definition.ObjectAt("status") is not { } status)
            return definition;
        return status.Strings("storedVersions").Contains(version, StringComparer.Ordinal)
            ? definition
            : definition.With("status", status.With("storedVersions", JsonArray.Of(status.Strings("storedVersions").Append(version).Select(JsonValue.From))));
    }

    private static string? StorageVersion(JsonObject definition) => definition.ObjectAt("spec")?.Objects("versions")
        .FirstOrDefault(static version => version.BoolAt("storage") == true)?.StringAt("name");
}
