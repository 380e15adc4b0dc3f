using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Requests;

/// <summary>Requests that a kube-apiserver 1.36.2 refused when they were sent to it, with what it said.</summary>
public sealed class RefusalTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
    private const string Gizmo = "/apis/example.com/v1/namespaces/default/gizmos/a";
    private const string Label = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character "
        + "(e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')";

    [Theory]
    [InlineData("YWJjZA==", "illegal base64 data at input byte 6")]
    [InlineData("a%20b", "illegal base64 data at input byte 1")]
    [InlineData("abcde", "illegal base64 data at input byte 4")]
    [InlineData("YR", "invalid character 'a' looking for beginning of value")]
    [InlineData("e30", "server does not recognize this encoded version ")]
    [InlineData("bnVsbA", "server does not recognize this encoded version ")]
    [InlineData("W10", "json: cannot unmarshal array into Go value of type storage.continueToken")]
    [InlineData("eyJ2IjoxfQ", "json: cannot unmarshal number into Go struct field continueToken.v of type string")]
    [InlineData("eyJ2IjoibWV0YS5rOHMuaW8vdjIiLCJydiI6NSwic3RhcnQiOiJ4In0", "server does not recognize this encoded version meta.k8s.io/v2")]
    [InlineData("eyJ2IjoibWV0YS5rOHMuaW8vdjEifQ", "incorrect encoded start resourceVersion (version meta.k8s.io/v1)")]
    [InlineData("eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6MX0", "encoded start key empty (version meta.k8s.io/v1)")]
    [InlineData("eyJ2IjoibWV0YS5rOHMuaW8vdjEiLCJydiI6NSwic3RhcnQiOiIuLi94In0", "../x")]
    public async Task A_token_that_no_server_made_is_told_what_is_wrong_with_it(string token, string problem) =>
        await RefusedAsync("GET", $"{ConfigMaps}?continue={token}", 400, $"invalid continue token: continue key is not valid: {problem}");

    [Theory]
    [InlineData("labelSelector=a=(", "unable to parse requirement: found '(', expected: identifier")]
    [InlineData("labelSelector=a gt 1", "unable to parse requirement: found 'gt', expected: in, notin, =, ==, !=, gt, lt")]
    [InlineData("labelSelector=a in (", "unable to parse requirement: found '', expected: ',', ')' or identifier")]
    [InlineData("labelSelector=a in (b%3D)", "unable to parse requirement: found '=', expected: ',' or ')'")]
    [InlineData("labelSelector=a in (b c)", "unable to parse requirement: found 'c', expected: ',' or ')'")]
    [InlineData("labelSelector=a=-x", "unable to parse requirement: values[0][a]: Invalid value: \"-x\": " + Label)]
    [InlineData("fieldSelector=metadata.name=a=b", "invalid field selector: unescaped character in value: 61")]
    [InlineData("fieldSelector=metadata.name=a%5C", "invalid field selector: invalid escape sequence: \\")]
    [InlineData("fieldSelector=metadata.name=a%5Cb", "invalid field selector: invalid escape sequence: \\b")]
    [InlineData("limit=99999999999999999999", "strconv.ParseInt: parsing \"99999999999999999999\": value out of range")]
    [InlineData("limit=1.5", "strconv.ParseInt: parsing \"1.5\": invalid syntax")]
    [InlineData("resourceVersion=18446744073709551616", "invalid resource version: resourceVersion: Invalid value: \"18446744073709551616\": strconv.ParseUint: parsing \"18446744073709551616\": value out of range")]
    public async Task A_list_with_wrong_options_is_refused(string query, string message) => await RefusedAsync("GET", $"{ConfigMaps}?{query}", 400, message);

    [Theory]
    [InlineData("resourceVersionMatch=Exact&resourceVersion=5", "[resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided, resourceVersionMatch: Unsupported value: \"Exact\": supported values: \"NotOlderThan\"]")]
    [InlineData("continue=x", "resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden when continue is provided")]
    public async Task A_watch_with_wrong_options_is_refused(string query, string problems) =>
        await RefusedAsync("GET", $"{ConfigMaps}?watch=1&{query}", 422, $"ListOptions.meta.k8s.io \"\" is invalid: {problems}");

    [Theory]
    [InlineData("application/merge-patch+json", "")]
    [InlineData("application/json-patch+json", "{")]
    [InlineData("application/strategic-merge-patch+json", "{")]
    public async Task A_malformed_patch_of_what_is_not_there_finds_nothing_to_patch(string mediaType, string patch) =>
        await RefusedAsync("PATCH", ConfigMaps + "/nosuch", 404, "configmaps \"nosuch\" not found", patch, mediaType);

    [Theory]
    [InlineData("GET", "/api/v1/watch/configmaps/a")]
    [InlineData("POST", "/api/v1/watch/namespaces/default/pods/p/status")]
    [InlineData("GET", "/api/v1/watch/bindings")]
    [InlineData("PUT", "/apis/authorization.k8s.io/v1/watch/subjectaccessreviews")]
    public async Task A_watch_of_what_cannot_be_watched_is_of_nothing(string method, string path) =>
        await RefusedAsync(method, path, 404, "the server could not find the requested resource");

    [Theory]
    [InlineData("/apis/batch/v1/namespaces/default/jobs?fieldSelector=spec.parallelism=1", "field label \"spec.parallelism\" not supported for Job")]
    [InlineData("/apis/resource.k8s.io/v1/resourceslices?fieldSelector=spec.pool=p", "field label not supported for resource.k8s.io/v1, Kind=ResourceSlice: spec.pool")]
    public async Task The_fields_of_some_kinds_are_refused_in_words_of_their_own(string path, string message) => await RefusedAsync("GET", path, 400, message);

    [Theory]
    [InlineData("{'propagationPolicy':3}", 400, "json: cannot unmarshal number into Go struct field DeleteOptions.propagationPolicy of type v1.DeletionPropagation")]
    [InlineData("{", 400, "couldn't get version/kind; json parse error: unexpected end of JSON input")]
    public async Task Delete_options_are_read_as_what_they_are(string body, int code, string message) => await RefusedAsync("DELETE", ConfigMaps + "/a", code, message, body);

    [Theory]
    [InlineData("PATCH", "/api/v1/namespaces/default/status", "{'status':{'phase':'Odd'}}", 422, "Namespace \"default\" is invalid: status.Phase: Invalid value: \"Odd\": may only be 'Active' if `deletionTimestamp` is empty")]
    [InlineData("PUT", "/api/v1/namespaces/default/finalize", "{'metadata':{'name':'default'},'spec':{'finalizers':['odd']}}", 422,
        "Namespace \"default\" is invalid: spec.finalizers[0]: Invalid value: \"odd\": name is neither a standard finalizer name nor is it fully qualified")]
    [InlineData("POST", "/api/v1/namespaces/default/pods/p/eviction", "{'metadata':{}}", 400, "name in URL does not match name in Eviction object")]
    [InlineData("POST", "/api/v1/namespaces/default/pods/p/binding", "{'metadata':{'name':'q'},'target':{'name':'n'}}", 400, "name in URL does not match name in Binding object")]
    public async Task A_subresource_takes_what_fits_it_alone(string method, string path, string body, int code, string message) =>
        await RefusedAsync(method, path, code, message, body, method == "PATCH" ? "application/merge-patch+json" : "application/json");

    [Theory]
    [InlineData("PATCH", ConfigMaps + "/a", "application/MERGE-patch+json", 415, "415: Unsupported Media Type")]
    [InlineData("PUT", "/version", "application/json", 405, "the server does not allow this method on the requested resource")]
    [InlineData("DELETE", "/apis", "application/json", 405, "the server does not allow this method on the requested resource")]
    [InlineData("POST", "/api/v1/watch/namespaces/default/pods", "application/json", 405, "the server does not allow this method on the requested resource")]
    [InlineData("GET", "/api/v1/watch/namespaces/default/pods/a/status", "application/json", 404, "the server could not find the requested resource")]
    [InlineData("GET", ConfigMaps + "/a%2Fb", "application/json", 404, "the server could not find the requested resource")]
    [InlineData("GET", ConfigMaps + "/kube-root-ca.crt?export=true", "application/json", 400, "the export parameter, deprecated since v1.14, is no longer supported")]
    public async Task What_an_endpoint_does_not_do_is_refused(string method, string path, string mediaType, int code, string message) =>
        await RefusedAsync(method, path, code, message, method == "GET" ? null : "{}", mediaType);

    [Theory]
    [InlineData("{'metadata':{'name':'a','bad':1},'spec':{'podSelector':{},'podSelector':{},'zz':1},'foo':2}",
        "unknown field \"metadata.bad\", duplicate field \"spec.podSelector\", unknown field \"spec.zz\", unknown field \"foo\"", "application/json")]
    [InlineData("metadata:\n  name: a\nspec:\n  podSelector: {}\n  podSelector: {}\n  zz: 1\n",
        "yaml: unmarshal errors:\n  line 5: key \"podSelector\" already set in map, unknown field \"spec.zz\"", "application/yaml")]
    public async Task What_is_wrong_with_a_body_comes_in_the_order_of_the_document(string body, string problems, string mediaType) => await RefusedAsync(
        "POST",
        "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies?fieldValidation=Strict",
        400,
        "NetworkPolicy in version \"v1\" cannot be handled as a NetworkPolicy: strict decoding error: " + problems,
        body,
        mediaType);

    [Theory]
    [InlineData("{'apiVersion':'a/b/c','kind':'ConfigMap'}", "the object provided is unrecognized (must be of type ConfigMap): unexpected GroupVersion string: a/b/c ({\"apiVersion\":\"a/b/c\",\"kind\":\" ...)")]
    [InlineData("{'kind':5}", "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: json: cannot unmarshal number into Go struct field .kind of type string ({\"kind\":5})")]
    [InlineData("{'apiVersion':'v1','kind':'SecretList'}", "SecretList in version \"v1\" cannot be handled as a ConfigMap: converting (v1.SecretList) to (core.ConfigMap): unknown conversion")]
    public async Task A_body_of_another_type_is_refused(string body, string message) => await RefusedAsync("POST", ConfigMaps, 400, message, body);

    [Theory]
    [InlineData("5", "missing unit in duration \"5\"")]
    [InlineData("1m5x", "unknown unit \"x\" in duration \"1m5x\"")]
    [InlineData("x", "invalid duration \"x\"")]
    public async Task A_timeout_that_is_no_duration_is_refused(string timeout, string problem) =>
        await RefusedAsync("GET", $"{ConfigMaps}?timeout={timeout}", 400, $"invalid timeout specified in the request URL - time: {problem}");

    [Theory]
    [InlineData("null", "application/merge-patch+json", 400, "Invalid JSON Patch")]
    [InlineData("[null]", "application/json-patch+json", 422, "the server rejected our request due to an error in our request")]
    [InlineData("{'metadata':{'$setElementOrder/finalizers':'x'}}", "application/strategic-merge-patch+json", 500, "expected a []interface {}, but received a string")]
    [InlineData("[]", "application/apply-patch+yaml", 400, "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("", "application/apply-patch+yaml", 400, "invalid object type: /, Kind=")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\ndata:\n  a: b\n  a: c\n", "application/apply-patch+yaml", 400,
        "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 5: key \"a\" already set in map")]
    public async Task A_patch_that_says_nothing_it_can_mean_is_refused(string patch, string mediaType, int code, string message) =>
        await RefusedAsync("PATCH", ConfigMaps + "/kube-root-ca.crt?fieldManager=m&fieldValidation=Strict", code, message, patch, mediaType);

    [Theory]
    [InlineData("{'apiVersion':'v1'}", "application/merge-patch+json", 422, "Gizmo \"a\" is invalid: apiVersion: Invalid value: \"v1\": must be example.com/v1")]
    [InlineData("[{'op':'remove','path':'/apiVersion'}]", "application/json-patch+json", 500, "Internal error occurred: Object 'apiVersion' is missing in 'object has no apiVersion field'")]
    [InlineData("{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{'text':null}}", "application/apply-patch+yaml", 422,
        "Gizmo.example.com \"a\" is invalid: spec.text: Invalid value: \"null\": spec.text in body must be of type string: \"null\"")]
    [InlineData("{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{'size':null}}", "application/apply-patch+yaml", 422,
        "Gizmo.example.com \"a\" is invalid: [spec.size: Invalid value: \"null\": spec.size in body must be of type integer: \"null\", .spec.size: Invalid value: 0: .spec.size accessor error: <nil> is of the type <nil>, expected int64]")]
    public async Task A_patch_that_spoils_a_custom_resource_is_refused(string patch, string mediaType, int code, string message)
    {
        await using var cluster = await WithGizmoAsync();

        var answer = await cluster.SendAsync("PATCH", Gizmo + "?fieldManager=m", patch, mediaType: mediaType);

        answer.StringAt("message").ShouldBe(message);
        answer.LongAt("code").ShouldBe(code);
    }

    [Theory]
    [InlineData("{'kind':'Foo'}", "application/merge-patch+json", 422, "no kind \"Foo\" is registered for version \"autoscaling/v1\" in scheme \"k8s.io/client-go/scale/util.go:146\"")]
    [InlineData("{'apiVersion':'v1'}", "application/merge-patch+json", 422, "no kind \"Scale\" is registered for version \"v1\" in scheme \"k8s.io/client-go/scale/util.go:146\"")]
    [InlineData("{'spec':{'replicas':1}}", "application/strategic-merge-patch+json", 415, "accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml")]
    [InlineData("{'apiVersion':'autoscaling/v1','kind':'Scale','metadata':{'name':'a'},'spec':{'replicas':7}}", "application/apply-patch+yaml", 500,
        "failed to create manager for existing fields: failed to convert live object (/; autoscaling/v1, Kind=Scale) to proper version: request to convert CR to an invalid group/version: autoscaling/v1")]
    public async Task A_patch_of_the_scale_of_a_custom_resource_is_read_as_one(string patch, string mediaType, int code, string message)
    {
        await using var cluster = await WithGizmoAsync();

        var answer = await cluster.SendAsync("PATCH", Gizmo + "/scale?fieldManager=m", patch, mediaType: mediaType);

        answer.StringAt("message")!.ShouldEndWith(message);
        answer.LongAt("code").ShouldBe(code);
    }

    private static async Task<Cluster> WithGizmoAsync()
    {
        var cluster = await Cluster.StartAsync();
        await cluster.PostAsync("/apis/apiextensions.k8s.io/v1/customresourcedefinitions", """
            {'metadata':{'name':'gizmos.example.com'},'spec':{'group':'example.com','scope':'Namespaced','names':{'plural':'gizmos','kind':'Gizmo'},'versions':[{'name':'v1','served':true,'storage':true,
             'subresources':{'scale':{'specReplicasPath':'.spec.size','statusReplicasPath':'.status.size'}},
             'schema':{'openAPIV3Schema':{'type':'object','properties':{'spec':{'type':'object','properties':{'size':{'type':'integer'},'text':{'type':'string'}}}}}}}]}}
            """);
        await cluster.SettleAsync();
        await cluster.PostAsync("/apis/example.com/v1/namespaces/default/gizmos", "{'apiVersion':'example.com/v1','kind':'Gizmo','metadata':{'name':'a'},'spec':{}}");
        return cluster;
    }

    private static async Task RefusedAsync(string method, string path, int code, string message, string? body = null, string mediaType = "application/json")
    {
        await using var cluster = await Cluster.StartAsync();

        var answer = await cluster.SendAsync(method, path, body, mediaType: mediaType);

        answer.StringAt("message").ShouldBe(message);
        answer.LongAt("code").ShouldBe(code);
    }
}
