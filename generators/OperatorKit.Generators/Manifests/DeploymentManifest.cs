namespace OperatorKit.Generators.Manifests;

/// <summary>Writes what runs the operator: namespace, service account and a pod that passes the restricted pod security standard.</summary>
internal static class DeploymentManifest
{
    private const long HealthPort = 8080;

    public static Node Namespace(OperatorOptions options) => new Fields
    {
        { "apiVersion", "v1" },
        { "kind", "Namespace" },
        {
            "metadata", new Fields
            {
                { "name", options.Namespace },
                {
                    "labels", new Fields
                    {
                        { "app.kubernetes.io/name", options.Name },
                        { "app.kubernetes.io/managed-by", "OperatorKit" },
                        { "pod-security.kubernetes.io/enforce", "restricted" },
                    }
                },
            }
        },
    };

    public static Node ServiceAccount(OperatorOptions options) => new Fields
    {
        { "apiVersion", "v1" },
        { "kind", "ServiceAccount" },
        { "metadata", AccessManifest.Metadata(options.Name, options.Namespace, options) },
    };

    public static Node Deployment(OperatorOptions options, bool hasWebhooks)
    {
        var selector = new Fields { { "app.kubernetes.io/name", options.Name } };
        return new Fields
        {
            { "apiVersion", "apps/v1" },
            { "kind", "Deployment" },
            { "metadata", AccessManifest.Metadata(options.Name, options.Namespace, options) },
            {
                "spec", new Fields
                {
                    { "replicas", 1 },
                    { "selector", new Fields { { "matchLabels", selector } } },
                    {
                        "template", new Fields
                        {
                            { "metadata", new Fields { { "labels", selector } } },
                            { "spec", Pod(options, hasWebhooks) },
                        }
                    },
                }
            },
        };
    }

    private static Fields Pod(OperatorOptions options, bool hasWebhooks) => new()
    {
        { "serviceAccountName", options.Name },
        // Longer than the operator's own 30 seconds to finish what it has begun.
        { "terminationGracePeriodSeconds", 40 },
        {
            "securityContext", new Fields
            {
                { "runAsNonRoot", true },
                { "runAsUser", 1654 },
                { "seccompProfile", new Fields { { "type", "RuntimeDefault" } } },
            }
        },
        { "containers", Sequence.Of(Container(options, hasWebhooks)) },
        // The .NET runtime keeps its diagnostics sockets in /tmp.
        { "volumes", Sequence.Of(new Fields { { "name", "tmp" }, { "emptyDir", new Fields { { "sizeLimit", "64Mi" } } } }) },
    };

    private static Fields Container(OperatorOptions options, bool hasWebhooks) => new()
    {
        { "name", "operator" },
        { "image", options.Image },
        { "command", Sequence.Of(["dotnet", $"/app/{options.AssemblyName}.dll"]) },
        {
            "env", Sequence.Of(
            [
                new Fields { { "name", "POD_NAME" }, { "valueFrom", FieldRef("metadata.name") } },
                new Fields { { "name", "POD_NAMESPACE" }, { "valueFrom", FieldRef("metadata.namespace") } },
                // 2 MB of new objects between two collections, instead of most of the processor's cache: about 10 MB less memory (docs/benchmarks.md).
                new Fields { { "name", "DOTNET_GCgen0size" }, { "value", "0x200000" } },
                .. hasWebhooks ? (Node[])[new Fields { { "name", "OPERATORKIT_NAME" }, { "value", options.Name } }] : [],
            ])
        },
        {
            "ports", Sequence.Of(
            [
                new Fields { { "name", "health" }, { "containerPort", HealthPort } },
                .. hasWebhooks ? (Node[])[new Fields { { "name", "webhooks" }, { "containerPort", WebhookManifest.Port } }] : [],
            ])
        },
        { "livenessProbe", Probe("/healthz", 15, 20) },
        { "readinessProbe", Probe("/readyz", 5, 10) },
        {
            "resources", new Fields
            {
                { "requests", new Fields { { "cpu", "10m" }, { "memory", "64Mi" } } },
                { "limits", new Fields { { "memory", "256Mi" } } },
            }
        },
        {
            "securityContext", new Fields
            {
                { "allowPrivilegeEscalation", false },
                { "capabilities", new Fields { { "drop", Sequence.Of("ALL") } } },
                { "readOnlyRootFilesystem", true },
            }
        },
        { "volumeMounts", Sequence.Of(new Fields { { "name", "tmp" }, { "mountPath", "/tmp" } }) },
    };

    private static Fields FieldRef(string path) => new() { { "fieldRef", new Fields { { "fieldPath", path } } } };

    private static Fields Probe(string path, long delay, long period) => new()
    {
        { "httpGet", new Fields { { "path", path }, { "port", "health" } } },
        { "initialDelaySeconds", delay },
        { "periodSeconds", period },
    };
}
