using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Workloads;

namespace OperatorKit.ApiServer.AdmissionPolicies;

/// <summary>Finds the objects that a policy is to be evaluated with. See https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#parameter-resources.</summary>
internal sealed class PolicyParameters(ApiOperations operations)
{
    /// <summary>What is wrong with the <c>paramKind</c> of a policy; null where nothing is.</summary>
    public string? Problem(JsonObject policy)
    {
        if (policy.ObjectAt("spec", "paramKind") is not { } kind || Find(kind) is not null)
            return null;
        var (group, version) = Parse(kind);
        return $"failed to find resource referenced by paramKind: '{group}/{version}, Kind={kind.StringAt("kind")}'";
    }

    /// <summary>The objects, one evaluation for each; null alone for an evaluation without.</summary>
    /// <exception cref="PolicyParameterException">There are none, or the binding does not say which.</exception>
    public async ValueTask<IReadOnlyList<JsonObject?>> OfAsync(JsonObject policy, JsonObject binding, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (policy.ObjectAt("spec", "paramKind") is not { } kind || binding.ObjectAt("spec", "paramRef") is not { } reference || Find(kind) is not var (type, version))
            return [null];
        var ns = NamespaceOf(type, reference, request);
        var found = operations.Store.Read(type.Storage).Objects.In(ns).Select(static stored => stored.Value)
            .Where(item => reference.StringAt("name") is { Length: > 0 } name ? item.Name == name : LabelMatching.Matches(reference.ObjectAt("selector"), item.Labels)).ToList();
        if (found.Count == 0 && reference.StringAt("parameterNotFoundAction") == "Deny")
            throw new PolicyParameterException("no params found for policy binding with `Deny` parameterNotFoundAction");
        List<JsonObject?> parameters = [];
        foreach (var item in found)
            parameters.Add(await operations.ConvertAsync(type, version, item, cancellationToken).ConfigureAwait(false));
        return parameters;
    }

    private static string? NamespaceOf(ResourceType type, JsonObject reference, AdmissionRequest request)
    {
        var given = reference.StringAt("namespace") is { Length: > 0 } name ? name : null;
        if (type.Namespaced)
            return given ?? request.Target.Namespace ?? throw new PolicyParameterException("cannot use namespaced paramRef in policy binding that matches cluster-scoped resources");
        return given is null ? null : throw new PolicyParameterException("paramRef.namespace must not be provided for a cluster-scoped `paramKind`");
    }

    private (ResourceType Type, ResourceVersion Version)? Find(JsonObject kind)
    {
        var (group, name) = Parse(kind);
        var type = operations.Registry.Current.FindKind(group, kind.StringAt("kind") ?? "");
        return type?.Versions.FirstOrDefault(version => version.Served && version.Name == name) is { } version ? (type, version) : null;
    }

    private static GroupVersion Parse(JsonObject kind) => GroupVersion.Parse(kind.StringAt("apiVersion") ?? "");
}

/// <summary>A binding that gives its policy no parameters. The message is the one of kube-apiserver.</summary>
internal sealed class PolicyParameterException(string message) : Exception(message);
