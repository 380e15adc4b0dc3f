using OperatorKit.ApiServer.Json;
using OperatorKit.Tests.Fuzzing;

namespace OperatorKit.ApiServer.Tests.Fuzzing;

/// <summary>Damaged bodies and queries sent through the whole server, past everything that decodes, defaults, validates and merges.</summary>
public sealed class RequestFuzzTests
{
    private static readonly (string Path, string Body)[] Kinds =
    [
        ("/api/v1/namespaces/default/configmaps", """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","labels":{"x":"y"},"finalizers":["e.com/x"]},"data":{"k":"v"},"binaryData":{"b":"AAE="}}"""),
        ("/api/v1/namespaces/default/services", """{"apiVersion":"v1","kind":"Service","metadata":{"name":"a"},"spec":{"selector":{"a":"b"},"ports":[{"name":"x","port":80,"targetPort":"http"},{"name":"y","port":81,"protocol":"UDP"}]}}"""),
        ("/apis/apps/v1/namespaces/default/deployments", """{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","annotations":{"n":"1"}},"spec":{"replicas":2,"selector":{"matchLabels":{"a":"b"},"matchExpressions":[{"key":"a","operator":"In","values":["b"]}]},"strategy":{"rollingUpdate":{"maxSurge":"25%"}},"template":{"metadata":{"labels":{"a":"b"}},"spec":{"containers":[{"name":"c","image":"i","resources":{"limits":{"cpu":"100m","memory":"1.5Gi"}},"ports":[{"containerPort":80}],"env":[{"name":"E","value":"1"}]}]}}}}"""),
        ("/apis/batch/v1/namespaces/default/cronjobs", """{"apiVersion":"batch/v1","kind":"CronJob","metadata":{"name":"a"},"spec":{"schedule":"*/5 1-3 * * MON,TUE","timeZone":"Etc/UTC","jobTemplate":{"spec":{"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"c","image":"i"}]}}}}}}"""),
        ("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """{"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"as.e.com"},"spec":{"group":"e.com","scope":"Namespaced","names":{"plural":"as","kind":"A"},"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","required":["n"],"properties":{"n":{"type":"integer","minimum":1,"default":3},"s":{"type":"string","pattern":"^a+$","format":"date-time"},"l":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object","required":["k"],"properties":{"k":{"type":"string"}}}}},"x-kubernetes-validations":[{"rule":"self.n > 0 && !has(self.s)","messageExpression":"'x' + string(self.n)"}]}}}},"additionalPrinterColumns":[{"name":"N","type":"integer","jsonPath":".spec.l[?(@.k==\"x\")].k"}]}]}}"""),
        ("/apis/rbac.authorization.k8s.io/v1/clusterroles", """{"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRole","metadata":{"name":"a"},"aggregationRule":{"clusterRoleSelectors":[{"matchLabels":{"a":"b"}}]},"rules":[{"apiGroups":["*"],"resources":["*"],"verbs":["*"]}]}"""),
    ];

    private static readonly (string Method, string MediaType, string Suffix)[] Requests =
    [
        ("POST", "application/json", ""), ("POST", "application/yaml", ""), ("PUT", "application/json", "/a"), ("PATCH", "application/merge-patch+json", "/a"),
        ("PATCH", "application/strategic-merge-patch+json", "/a"), ("PATCH", "application/apply-patch+yaml", "/a"), ("DELETE", "application/json", "/a"),
    ];

    private static readonly string[] Queries =
    [
        "", "?fieldManager=m&fieldValidation=Strict&dryRun=All", "?fieldManager=m&force=true", "?labelSelector=a in (b,c)&fieldSelector=metadata.name=a&limit=1&continue=eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ",
        "?timeoutSeconds=1&pretty=true&gracePeriodSeconds=0&propagationPolicy=Foreground",
    ];

    [Fact]
    public async Task The_server_answers_whatever_it_is_sent()
    {
        await using var cluster = await Cluster.StartAsync(workloads: true);
        foreach (var (path, body) in Kinds)
            await cluster.PostAsync(path, body);

        await Fuzz.RunAsync(Make, async request => ShouldBeUnderstood(await cluster.SendAsync(request.Method, request.Path, request.Body, mediaType: request.MediaType)), static request => request.ToString());
        await cluster.SettleAsync();
    }

    [Fact]
    public async Task Lists_answer_whatever_is_asked_for()
    {
        await using var cluster = await Cluster.StartAsync();
        foreach (var (path, body) in Kinds)
            await cluster.PostAsync(path, body);

        await Fuzz.RunAsync(random => RandomJson.Pick(random, Kinds).Path + Damaged(random, Queries), async path => ShouldBeUnderstood(await cluster.GetAsync(path)), static path => path);
    }

    private static (string Method, string Path, string Body, string MediaType) Make(Random random)
    {
        var (path, body) = RandomJson.Pick(random, Kinds);
        var (method, mediaType, suffix) = RandomJson.Pick(random, Requests);
        var damaged = random.Next(4) > 0 ? DamagedDocument(random, JsonParser.Parse(body).Value).ToString() : new string(Mutation.Of(random, [body.ToCharArray()], ['"', '{', '}', '[', ']', ':', ',', '0', '\\', '\n', 'é']));
        return (method, path + suffix + (random.Next(4) == 0 ? Damaged(random, Queries) : RandomJson.Pick(random, Queries)), damaged, mediaType);
    }

    /// <summary>The document with a few of its values changed for others.</summary>
    private static JsonValue DamagedDocument(Random random, JsonValue value)
    {
        if (random.Next(25) == 0)
            return RandomJson.Value(random, 2);
        return value switch
        {
            JsonObject obj => JsonObject.Of([.. obj.Keys.Where(_ => random.Next(25) > 0).Select(key => (random.Next(50) == 0 ? RandomJson.Name(random) : key, DamagedDocument(random, obj[key]!)))]),
            JsonArray array => JsonArray.Of(array.Items.SelectMany(item => Enumerable.Repeat(item, random.Next(10) == 0 ? random.Next(3) : 1)).Select(item => DamagedDocument(random, item)).ToList()),
            _ => value,
        };
    }

    private static string Damaged(Random random, string[] queries)
    {
        var query = new string(Mutation.Of(random, [.. queries.Where(static query => query.Length > 0).Select(static query => query.ToCharArray())], [.. "?&=%0-9,()! <>abc\\é"]));
        return query.StartsWith('?') ? query.Replace('#', '-') : "?" + query.Replace('#', '-');
    }

    /// <summary>An answer that says that something failed inside is one that nobody has thought of.</summary>
    private static void ShouldBeUnderstood(JsonObject answer) => answer.StringAt("reason").ShouldNotBe("InternalError", answer.ToString());
}
