using OperatorKit.ApiServer.Requests;

namespace OperatorKit.ApiServer.Tests.Requests;

public sealed class RequestPathTests
{
    [Theory]
    [InlineData("/api/v1/namespaces/ns/pods/p/status", "", "v1", "pods", "ns", "p", "status")]
    [InlineData("/apis/apps/v1/deployments", "apps", "v1", "deployments", null, null, null)]
    [InlineData("/api/v1/namespaces/ns", "", "v1", "namespaces", null, "ns", null)]
    [InlineData("/api/v1/namespaces/ns/finalize", "", "v1", "namespaces", null, "ns", "finalize")]
    [InlineData("/api/v1/namespaces/ns/status", "", "v1", "namespaces", null, "ns", "status")]
    [InlineData("/api/v1/namespaces/ns/pods/p/proxy/a/b", "", "v1", "pods", "ns", "p", "proxy/a/b")]
    [InlineData("/apis/apps", "apps", null, null, null, null, null)]
    [InlineData("/api/v1/", "", "v1", null, null, null, null)]
    public void Paths_say_what_they_are_about(string path, string group, string? version, string? resource, string? ns, string? name, string? subresource)
    {
        var parsed = RequestPath.Parse(path);

        (parsed.Group, parsed.Version, parsed.Resource, parsed.Namespace, parsed.Name, parsed.Subresource).ShouldBe((group, version, resource, ns, name, subresource));
    }

    [Fact]
    public void The_old_watch_form_is_understood()
    {
        var parsed = RequestPath.Parse("/api/v1/watch/namespaces/ns/secrets/b");

        parsed.IsWatch.ShouldBeTrue();
        (parsed.Namespace, parsed.Resource, parsed.Name).ShouldBe(("ns", "secrets", "b"));
    }

    [Theory]
    [InlineData("1m30s", null)]
    [InlineData("0", null)]
    [InlineData("", null)]
    [InlineData("1.5h", null)]
    [InlineData("foo", "time: invalid duration \"foo\"")]
    [InlineData("10", "time: missing unit in duration \"10\"")]
    public void Durations_are_those_of_go(string text, string? problem) => QueryDuration.Problem(text).ShouldBe(problem);
}
