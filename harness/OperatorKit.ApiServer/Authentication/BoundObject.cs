using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>The object whose life a token ends with: a pod, a secret or a node that is there.</summary>
internal static class BoundObject
{
    /// <summary>What the token says of it, and of the node that a pod runs on.</summary>
    /// <exception cref="StatusException">A token cannot be bound to it.</exception>
    public static JsonObject Claims(Store store, JsonObject account, JsonObject reference)
    {
        var apiVersion = reference.StringAt("apiVersion") ?? "";
        var (kind, name) = (reference.StringAt("kind") ?? "", reference.StringAt("name") ?? "");
        var (group, version) = GroupVersion.Parse(apiVersion);
        GroupResource? resource = (group, kind) switch
        {
            ("", "Pod") => WellKnown.Pods,
            ("", "Secret") => new GroupResource("", "secrets"),
            ("", "Node") => WellKnown.Nodes,
            _ => null,
        };
        if (resource is not { } known)
            throw Failures.BadRequest($"cannot bind token to object of type {group}/{version}, Kind={kind}");
        if (name.Length == 0)
            throw Failures.BadRequest("Name parameter required.");
        var obj = store.Find(known, kind == "Node" ? null : account.Namespace, name)?.Value ?? throw Failures.NotFound(known, name);
        if (kind == "Pod" && obj.StringAt("spec", "serviceAccountName") != account.Name)
            throw Failures.BadRequest($"cannot bind token for serviceaccount \"{account.Name}\" to pod running with different serviceaccount name.");
        if (reference.StringAt("uid") is { Length: > 0 } uid && uid != obj.Uid)
            throw Failures.Conflict(new GroupResource(group, kind), name, $"the UID in the bound object reference ({uid}) does not match the UID in record. The object might have been deleted and then recreated");
        var claims = JsonObject.Of((kind.ToLowerInvariant(), JsonObject.Of(("name", name), ("uid", obj.Uid))));
        return kind == "Pod" && obj.StringAt("spec", "nodeName") is { Length: > 0 } node ? claims.With("node", Node(store, node)) : claims;
    }

    private static JsonObject Node(Store store, string name) => store.Find(WellKnown.Nodes, null, name) is { } node
        ? JsonObject.Of(("name", name), ("uid", node.Uid))
        : JsonObject.Of(("name", name));
}
