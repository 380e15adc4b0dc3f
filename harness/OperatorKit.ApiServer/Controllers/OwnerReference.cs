using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>An entry of <c>metadata.ownerReferences</c>.</summary>
internal sealed record OwnerReference(string ApiVersion, string Kind, string Name, string Uid, bool Controller, bool BlockOwnerDeletion)
{
    public static OwnerReference Read(JsonObject entry) => new(
        entry.StringAt("apiVersion") ?? "",
        entry.StringAt("kind") ?? "",
        entry.StringAt("name") ?? "",
        entry.StringAt("uid") ?? "",
        entry.BoolAt("controller") ?? false,
        entry.BoolAt("blockOwnerDeletion") ?? false);

    /// <summary>The reference that a controller puts on what it makes.</summary>
    public static JsonArray ControlledBy(JsonObject owner, string apiVersion, string kind) => JsonArray.Of(JsonObject.Of(
        ("apiVersion", apiVersion),
        ("kind", kind),
        ("name", owner.Name),
        ("uid", owner.Uid),
        ("controller", true),
        ("blockOwnerDeletion", true)));
}
