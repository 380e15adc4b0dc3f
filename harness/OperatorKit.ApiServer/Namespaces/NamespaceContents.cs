using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Namespaces;

/// <summary>Gives each namespace its service account <c>default</c> and its ConfigMap <c>kube-root-ca.crt</c>, and brings them back when they go.</summary>
internal sealed class NamespaceContents(string rootCertificate) : IController
{
    private const string Description = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal service IP or kubernetes.default.svc. "
        + "No other usage is guaranteed across distributions of Kubernetes clusters.";

    public string Name => "root-ca-cert-publisher";

    public IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view)
    {
        if (change.Key.Resource == WellKnown.Namespaces)
            yield return change.Key;
        else if (change.Key == Account(change.Key.Namespace) || change.Key == Certificate(change.Key.Namespace))
            yield return NamespaceController.KeyOf(change.Key.Namespace);
    }

    public Decision Decide(ObjectKey key, ClusterView view, DateTimeOffset now)
    {
        if (view[key] is not { IsDeleting: false })
            return Decision.Nothing;

        var actions = new List<ControllerAction>();
        if (view[Account(key.Name)] is null)
            actions.Add(new Create(Account(key.Name), NewObject("ServiceAccount", Account(key.Name))));
        if (view[Certificate(key.Name)] is not { } published)
            actions.Add(new Create(Certificate(key.Name), WithData(NewObject("ConfigMap", Certificate(key.Name)).WithAt(["metadata", "annotations", "kubernetes.io/description"], Description))));
        else if (!WithData(published).Equals(published) && !published.IsDeleting)
            actions.Add(new Replace(Certificate(key.Name), WithData(published)));
        return actions;
    }

    private static ObjectKey Account(string @namespace) => new(WellKnown.ServiceAccounts, @namespace, "default");

    private static ObjectKey Certificate(string @namespace) => new(WellKnown.ConfigMaps, @namespace, "kube-root-ca.crt");

    private static JsonObject NewObject(string kind, ObjectKey key) => JsonObject.Of(
        ("apiVersion", "v1"),
        ("kind", kind),
        ("metadata", JsonObject.Of(("name", key.Name), ("namespace", key.Namespace))));

    private JsonObject WithData(JsonObject map) => map.With("data", JsonObject.Of(("ca.crt", rootCertificate)));
}
