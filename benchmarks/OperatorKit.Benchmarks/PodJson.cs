using System.Text;

namespace OperatorKit.Benchmarks;

/// <summary>Pods as a server sends them, of about the size asked for, most of it containers and managed fields as in real clusters.</summary>
internal static class PodJson
{
    public static byte[] OfSize(int bytes)
    {
        var containers = 0;
        byte[] json;
        do
        {
            containers++;
            json = Encoding.UTF8.GetBytes(Write(containers));
        }
        while (json.Length < bytes);
        return json;
    }

    private static string Write(int containers)
    {
        var specs = string.Join(',', Enumerable.Range(0, containers).Select(static i =>
            $$$$$$"""{"name":"c{{{{{{i}}}}}}","image":"registry.example.com/team/service-{{{{{{i}}}}}}:1.2.{{{{{{i}}}}}}","ports":[{"name":"http","containerPort":8080,"protocol":"TCP"}],"env":[{"name":"POD","valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":"metadata.name"}}}],"resources":{"limits":{"cpu":"500m","memory":"256Mi"},"requests":{"cpu":"100m","memory":"128Mi"}},"imagePullPolicy":"IfNotPresent","terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File"}"""));
        var fields = string.Join(',', Enumerable.Range(0, containers).Select(static i =>
            $$$$$$"""{"k:{\"name\":\"c{{{{{{i}}}}}}\"}":{".":{},"f:env":{},"f:image":{},"f:imagePullPolicy":{},"f:name":{},"f:ports":{},"f:resources":{"f:limits":{},"f:requests":{}}}}"""));
        return $$$$$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web-7d4b9c","namespace":"default","uid":"0b7a3c52-0000-4000-8000-000000000000","resourceVersion":"12345","creationTimestamp":"2026-01-01T00:00:00Z","labels":{"app":"web","pod-template-hash":"7d4b9c"},"managedFields":[{"manager":"controller","operation":"Update","apiVersion":"v1","time":"2026-01-01T00:00:00Z","fieldsType":"FieldsV1","fieldsV1":{"f:spec":{"f:containers":[{{{{{{fields}}}}}}]}}}]},"spec":{"containers":[{{{{{{specs}}}}}}],"restartPolicy":"Always","terminationGracePeriodSeconds":30,"dnsPolicy":"ClusterFirst","nodeName":"node-1"},"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"2026-01-01T00:00:05Z"}],"podIP":"10.0.0.7","startTime":"2026-01-01T00:00:00Z"}}""";
    }
}
