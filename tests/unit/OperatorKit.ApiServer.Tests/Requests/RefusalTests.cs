using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Tests.Requests;

/// <summary>Requests that a kube-apiserver 1.36.2 refused when they were sent to it, with what it said.</summary>
public sealed class RefusalTests
{
    private const string ConfigMaps = "/api/v1/namespaces/default/configmaps";
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
    [InlineData("{'propagationPolicy':3}", 400, "json: cannot unmarshal number into Go struct field DeleteOptions.propagationPolicy of type v1.DeletionPropagation")]
    [InlineData("{", 400, "couldn't get version/kind; json parse error: unexpected end of JSON input")]
    public async Task Delete_options_are_read_as_what_they_are(string body, int code, string message) => await RefusedAsync("DELETE", ConfigMaps + "/a", code, message, body);

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

    private static async Task RefusedAsync(string method, string path, int code, string message, string? body = null, string mediaType = "application/json")
    {
        await using var cluster = await Cluster.StartAsync();

        var answer = await cluster.SendAsync(method, path, body, mediaType: mediaType);

        answer.StringAt("message").ShouldBe(message);
        answer.LongAt("code").ShouldBe(code);
    }
}
