using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.BuiltIns;

public sealed class AutoscalerVersionsTests
{
    private const string Scalers = "/namespaces/default/horizontalpodautoscalers";

    private const string Metrics = """
        [{"type":"Resource","resource":{"name":"memory","target":{"type":"AverageValue","averageValue":"100Mi"}}},
        {"type":"Pods","pods":{"metric":{"name":"pps","selector":{"matchLabels":{"a":"b"}}},"target":{"type":"AverageValue","averageValue":"1k"}}},
        {"type":"Object","object":{"describedObject":{"kind":"Ingress","name":"i","apiVersion":"networking.k8s.io/v1"},"target":{"type":"Value","value":"10k"},"metric":{"name":"rps"}}},
        {"type":"External","external":{"metric":{"name":"q"},"target":{"type":"AverageValue","averageValue":"30"}}},
        {"type":"ContainerResource","containerResource":{"name":"cpu","target":{"type":"Utilization","averageUtilization":60},"container":"c"}}]
        """;

    // As kube-apiserver 1.36 writes it.
    private const string InV1 = """
        [{"type":"Resource","resource":{"name":"memory","targetAverageValue":"100Mi"}},{"type":"Pods","pods":{"metricName":"pps","targetAverageValue":"1k","selector":{"matchLabels":{"a":"b"}}}},{"type":"Object","object":{"target":{"kind":"Ingress","name":"i","apiVersion":"networking.k8s.io/v1"},"metricName":"rps","targetValue":"10k"}},{"type":"External","external":{"metricName":"q","targetAverageValue":"30"}},{"type":"ContainerResource","containerResource":{"name":"cpu","targetAverageUtilization":60,"container":"c"}}]
        """;

    [Fact]
    public async Task What_version_1_cannot_say_stands_in_annotations_and_comes_back()
    {
        await using var cluster = await Cluster.StartAsync();
        var spec = $"{{'maxReplicas':5,'scaleTargetRef':{{'apiVersion':'apps/v1','kind':'Deployment','name':'web'}},'behavior':{{'scaleDown':{{'stabilizationWindowSeconds':60}}}},'metrics':{Metrics}}}";
        var made = await cluster.PostAsync($"/apis/autoscaling/v2{Scalers}", $"{{'metadata':{{'name':'h'}},'spec':{spec}}}");

        var old = await cluster.GetAsync($"/apis/autoscaling/v1{Scalers}/h");
        old.StringAt("metadata", "annotations", "autoscaling.alpha.kubernetes.io/metrics").ShouldBe(InV1.Trim());
        old.StringAt("metadata", "annotations", "autoscaling.alpha.kubernetes.io/behavior")!.ShouldContain("\"ScaleDown\":{\"StabilizationWindowSeconds\":60,\"SelectPolicy\":\"Max\",");
        await cluster.SendAsync("PUT", $"/apis/autoscaling/v1{Scalers}/h", old.WithAt(["spec", "maxReplicas"], 6).ToString());

        var changed = await cluster.GetAsync($"/apis/autoscaling/v2{Scalers}/h");
        changed.ObjectAt("spec").ShouldBe(made.ObjectAt("spec")!.With("maxReplicas", 6));
        changed.At("metadata", "annotations").ShouldBeNull();
    }
}
