using OperatorKit.ApiServer.BuiltIns;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class BuiltInKindsTests
{
    private const string Template = """{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"m","image":"i:1"}]}}""";

    [Fact]
    public void Every_resource_has_a_schema_and_one_storage_version()
    {
        foreach (var type in BuiltInResources.All)
        {
            type.Versions.Count(version => version.Storage).ShouldBe(1, type.Plural);
            type.Versions.ShouldAllBe(version => version.Schema.DefinitionName!.EndsWith("." + type.Kind, StringComparison.Ordinal), type.Plural);
        }

        BuiltInResources.All.Select(type => type.Resource).Distinct().Count().ShouldBe(BuiltInResources.All.Length);
        Type("apps", "deployments").ShortNames.ShouldBe(["deploy"]);
        Type("autoscaling", "horizontalpodautoscalers").StorageVersion.Name.ShouldBe("v2");
    }

    [Theory]
    [InlineData("", "pods", """{"spec":{"containers":[{"name":"m","image":"nginx"}]}}""", "/spec/containers/0/imagePullPolicy", "\"Always\"")]
    [InlineData("", "pods", """{"spec":{"containers":[{"name":"m","image":"r:5000/nginx:1"}]}}""", "/spec/containers/0/imagePullPolicy", "\"IfNotPresent\"")]
    [InlineData("", "pods", """{"spec":{"containers":[{"name":"m","resources":{"limits":{"cpu":"0.5"}}}]}}""", "/spec/containers/0/resources", """{"limits":{"cpu":"500m"},"requests":{"cpu":"500m"}}""")]
    [InlineData("", "pods", """{"spec":{"containers":[{"livenessProbe":{"httpGet":{"port":80}}}]}}""", "/spec/containers/0/livenessProbe",
        """{"httpGet":{"path":"/","port":80,"scheme":"HTTP"},"timeoutSeconds":1,"periodSeconds":10,"successThreshold":1,"failureThreshold":3}""")]
    [InlineData("", "pods", """{"spec":{"volumes":[{"name":"e"},{"name":"c","configMap":{"name":"x"}}]}}""", "/spec/volumes", """[{"name":"e","emptyDir":{}},{"name":"c","configMap":{"name":"x","defaultMode":420}}]""")]
    [InlineData("apps", "deployments", """{"spec":{}}""", "/spec/strategy", """{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":"25%","maxSurge":"25%"}}""")]
    [InlineData("apps", "deployments", """{"spec":{"replicas":0}}""", "/spec/replicas", "0")]
    [InlineData("apps", "replicasets", """{"spec":{}}""", "/spec/replicas", "1")]
    [InlineData("batch", "cronjobs", """{"spec":{"jobTemplate":{"spec":{}}}}""", "/spec/concurrencyPolicy", "\"Allow\"")]
    [InlineData("", "services", """{"spec":{"ports":[{"port":80}]}}""", "/spec/ports/0", """{"protocol":"TCP","port":80,"targetPort":80}""")]
    [InlineData("", "secrets", """{"stringData":{"a":"x"},"data":{"b":"eQ=="}}""", "/data", """{"a":"eA==","b":"eQ=="}""")]
    [InlineData("networking.k8s.io", "networkpolicies", """{"spec":{"podSelector":{},"egress":[{}]}}""", "/spec/policyTypes", """["Ingress","Egress"]""")]
    [InlineData("rbac.authorization.k8s.io", "rolebindings", """{"subjects":[{"kind":"User","name":"u"}],"roleRef":{"kind":"Role","name":"r"}}""", "/subjects/0/apiGroup", "\"rbac.authorization.k8s.io\"")]
    public void What_the_user_leaves_out_is_filled_in_as_Kubernetes_does(string group, string plural, string json, string pointer, string expected)
    {
        var type = Type(group, plural);

        JsonText.ToCompactString(At(ObjectSchemas.Complete(type, type.StorageVersion, Parse(json)), pointer)).ShouldBe(expected);
    }

    [Fact]
    public void Filling_in_twice_changes_nothing()
    {
        foreach (var plural in (string[])["deployments", "statefulsets", "daemonsets", "replicasets"])
        {
            var type = Type("apps", plural);
            var once = ObjectSchemas.Complete(type, type.StorageVersion, Parse("{\"spec\":{\"selector\":{\"matchLabels\":{\"a\":\"b\"}},\"template\":" + Template + "}}"));

            JsonText.ToCompactString(ObjectSchemas.Complete(type, type.StorageVersion, once)).ShouldBe(JsonText.ToCompactString(once));
        }
    }

    [Theory]
    [InlineData("", "pods", """{"spec":{"containers":[{}]}}""", "spec.containers[0].name: Required value | spec.containers[0].image: Required value")]
    [InlineData("", "pods", """{"spec":{"containers":[{"name":"a","image":"x"},{"name":"a","image":"x"}]}}""", "spec.containers[1].name: Duplicate value: \"a\"")]
    [InlineData("", "pods", """{"spec":{"containers":[{"name":"a","image":"x","volumeMounts":[{"name":"none","mountPath":"/x"}]}]}}""", "spec.containers[0].volumeMounts[0].name: Not found: \"none\"")]
    [InlineData("", "pods", """{"spec":{"containers":[{"name":"a","image":"x","resources":{"requests":{"cpu":"2"},"limits":{"cpu":"1"}}}]}}""",
        "spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1")]
    [InlineData("apps", "deployments", """{"spec":{}}""",
        "spec.selector: Required value | spec.template.metadata.labels: Invalid value: null: `selector` does not match template `labels` | spec.template.spec.containers: Required value")]
    [InlineData("apps", "deployments", """{"spec":{"selector":{"matchLabels":{"a":"b"}},"template":TEMPLATE,"strategy":{"rollingUpdate":{"maxSurge":0,"maxUnavailable":0}}}}""",
        "spec.strategy.rollingUpdate.maxUnavailable: Invalid value: 0: may not be 0 when `maxSurge` is 0")]
    [InlineData("batch", "jobs", """{"spec":{"manualSelector":true,"selector":{"matchLabels":{"a":"b"}},"template":TEMPLATE}}""", "spec.template.spec.restartPolicy: Required value: valid values: \"OnFailure\", \"Never\"")]
    [InlineData("", "services", """{"spec":{"ports":[{"port":0},{"port":70000,"name":"b"}]}}""",
        "spec.ports[0].name: Required value | spec.ports[0].port: Invalid value: 0: must be between 1 and 65535, inclusive | spec.ports[0].targetPort: Invalid value: 0: must be between 1 and 65535, inclusive | spec.ports[1].port: Invalid value: 70000: must be between 1 and 65535, inclusive | spec.ports[1].targetPort: Invalid value: 70000: must be between 1 and 65535, inclusive")]
    [InlineData("", "secrets", """{"type":"kubernetes.io/tls"}""", "data[tls.crt]: Required value | data[tls.key]: Required value")]
    [InlineData("", "configmaps", """{"data":{"t":"x"},"binaryData":{"t":"AA=="}}""", "data[t]: Invalid value: \"t\": duplicate of key present in binaryData")]
    [InlineData("coordination.k8s.io", "leases", """{"spec":{"leaseDurationSeconds":0}}""", "spec.leaseDurationSeconds: Invalid value: 0: must be greater than 0")]
    [InlineData("networking.k8s.io", "ingresses", """{"spec":{}}""", "spec: Invalid value: null: either `defaultBackend` or `rules` must be specified")]
    [InlineData("rbac.authorization.k8s.io", "roles", """{"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":[]}]}""", "rules[0].verbs: Required value: verbs must contain at least one value")]
    public void What_Kubernetes_refuses_is_refused_in_its_words(string group, string plural, string json, string problems)
    {
        var type = Type(group, plural);
        var obj = ObjectSchemas.Complete(type, type.StorageVersion, Parse(json.Replace("TEMPLATE", Template, StringComparison.Ordinal)));

        string.Join(" | ", ObjectSchemas.Validate(type, type.StorageVersion, obj, null)).ShouldBe(problems);
    }

    [Theory]
    [InlineData("apps", "replicasets", """{"spec":{"selector":{"matchLabels":{"a":"b"}},"template":TEMPLATE,"replicas":3}}""", "")]
    [InlineData("apps", "replicasets", """{"spec":{"selector":{"matchLabels":{"a":"b"},"matchExpressions":[]},"template":TEMPLATE}}""", "")]
    [InlineData("apps", "replicasets", """{"spec":{"selector":{"matchExpressions":[{"key":"a","operator":"Exists"}]},"template":TEMPLATE}}""",
        "spec.selector: Invalid value: {\"matchExpressions\":[{\"key\":\"a\",\"operator\":\"Exists\"}]}: field is immutable")]
    [InlineData("apps", "statefulsets", """{"spec":{"selector":{"matchLabels":{"a":"b"}},"template":TEMPLATE,"serviceName":"other"}}""",
        "spec: Forbidden: updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden")]
    public void What_is_immutable_may_not_change(string group, string plural, string json, string problems)
    {
        var type = Type(group, plural);
        var stored = Complete("""{"spec":{"selector":{"matchLabels":{"a":"b"}},"template":TEMPLATE}}""");

        string.Join(" | ", ObjectSchemas.Validate(type, type.StorageVersion, Complete(json), stored)).ShouldBe(problems);

        JsonObject Complete(string text) => ObjectSchemas.Complete(type, type.StorageVersion, Parse(text.Replace("TEMPLATE", Template, StringComparison.Ordinal)));
    }

    [Fact]
    public void An_event_is_the_same_through_both_of_its_apis()
    {
        var type = Type("events.k8s.io", "events");
        var core = Parse("""{"kind":"Event","apiVersion":"v1","metadata":{"name":"e"},"involvedObject":{"kind":"Pod","name":"p"},"message":"m","count":2,"source":{"component":"c"}}""");
        var view = type.Traits.View!;

        var seen = view.FromStorage(core);
        (seen.StringAt("note"), seen.LongAt("deprecatedCount"), seen.StringAt("regarding", "name"), seen.StringAt("apiVersion")).ShouldBe(("m", 2, "p", "events.k8s.io/v1"));
        view.ToStorage(seen).StringAt("message").ShouldBe("m");
        type.Storage.ShouldBe(new GroupResource("", "events"));
    }

    [Fact]
    public void An_autoscaler_keeps_its_cpu_target_through_both_of_its_versions()
    {
        var convert = Type("autoscaling", "horizontalpodautoscalers").Traits.Convert!;
        var old = Parse("""{"kind":"HorizontalPodAutoscaler","apiVersion":"autoscaling/v1","metadata":{"name":"h"},"spec":{"maxReplicas":3,"targetCPUUtilizationPercentage":50,"scaleTargetRef":{"kind":"Deployment","name":"d"}}}""");

        var current = convert(old, "v2");
        current.ObjectAt("spec")!.Objects("metrics").Single().LongAt("resource", "target", "averageUtilization").ShouldBe(50);
        convert(current, "v1").LongAt("spec", "targetCPUUtilizationPercentage").ShouldBe(50);
    }

    private static ResourceType Type(string group, string plural) => BuiltInResources.All.Single(type => type.Group == group && type.Plural == plural);

    private static JsonObject Parse(string json) => (JsonObject)JsonParser.Parse(json).Value;

    private static JsonValue At(JsonValue value, string pointer) => pointer.Split('/').Skip(1).Aggregate(value, static (current, step) => current switch
    {
        JsonArray array => array[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)],
        JsonObject obj => obj[step] ?? JsonValue.Null,
        _ => JsonValue.Null,
    });
}
