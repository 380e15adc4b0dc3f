using System.Net;

namespace OperatorKit.Client.Tests;

public class StatusErrorTests
{
    private readonly Recorder _server = new();

    private Task<Widget> Get() => _server.Widgets().GetAsync("a", TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_kind_that_is_not_served_says_how_to_install_it()
    {
        _server.Answer(HttpStatusCode.NotFound, "404 page not found\n", "text/plain");

        var error = await Should.ThrowAsync<NotFoundException>(() => _server.Widgets().FindAsync("a", TestContext.Current.CancellationToken));

        error.IsKindMissing.ShouldBeTrue();
        error.Message.ShouldBe(
            "The cluster does not serve widgets.example.com in version v1. Install its definition: kubectl apply --server-side -f manifests/crds/example.com_widgets.yaml");
    }

    [Fact]
    public async Task A_missing_permission_names_role_and_check()
    {
        _server.Status(403, "Forbidden", "widgets.example.com \\\"a\\\" is forbidden: User \\\"bob\\\" cannot get resource \\\"widgets\\\" in API group \\\"example.com\\\" in the namespace \\\"default\\\"");

        var error = await Should.ThrowAsync<ForbiddenException>(Get);

        error.Message.ShouldEndWith(
            "Grant it in a role of that user (for an operator: kubectl apply -f manifests/rbac.yaml); check with: kubectl auth can-i get widgets.example.com -n default");
    }

    [Fact]
    public async Task Refused_credentials_name_where_they_come_from()
    {
        _server.Status(401, "Unauthorized", "Unauthorized");

        var error = await Should.ThrowAsync<UnauthorizedException>(Get);

        error.Message.ShouldBe("The server refused the credentials of context dev of test: Unauthorized. They are missing, expired or revoked: log in again, or put new ones there.");
    }

    [Fact]
    public async Task An_invalid_object_carries_the_causes()
    {
        _server.Status(422, "Invalid", "Widget \\\"a\\\" is invalid: spec.size: Invalid value: 0", """{"causes":[{"reason":"FieldValueInvalid","message":"Invalid value: 0","field":"spec.size"}]}""");

        var error = await Should.ThrowAsync<InvalidResourceException>(() => _server.Widgets().CreateAsync(Widget.Named("a"), cancellationToken: TestContext.Current.CancellationToken));

        error.Status!.Details!.Causes!.ShouldHaveSingleItem().Field.ShouldBe("spec.size");
        error.Message.ShouldBe("create widgets.example.com in default: Widget \"a\" is invalid: spec.size: Invalid value: 0. Correct the fields named here.");
    }

    [Fact]
    public async Task A_field_that_another_manager_owns_says_how_to_take_it_over()
    {
        _server.Status(409, "Conflict", "Apply failed with 1 conflict", """{"causes":[{"reason":"FieldManagerConflict","message":"conflict with kubectl","field":".spec.size"}]}""");

        var error = await Should.ThrowAsync<ConflictException>(() => _server.Widgets().ApplyAsync(Widget.Named("a"), cancellationToken: TestContext.Current.CancellationToken));

        error.Message.ShouldContain("ApplyOptions.Force");
    }

    [Theory]
    [InlineData(400, "BadRequest", typeof(BadRequestException))]
    [InlineData(404, "NotFound", typeof(NotFoundException))]
    [InlineData(409, "Conflict", typeof(ConflictException))]
    [InlineData(409, "AlreadyExists", typeof(AlreadyExistsException))]
    [InlineData(410, "Expired", typeof(ExpiredException))]
    [InlineData(418, "Teapot", typeof(KubernetesException))]
    [InlineData(501, "", typeof(ServerErrorException))]
    public async Task Each_code_has_its_exception(int code, string reason, Type type)
    {
        _server.Status(code, reason, "no");

        var error = await Should.ThrowAsync<KubernetesException>(Get);

        error.GetType().ShouldBe(type);
        error.StatusCode.ShouldBe((HttpStatusCode)code);
    }

    [Fact]
    public async Task An_answer_of_a_proxy_is_quoted()
    {
        _server.Answer(HttpStatusCode.Forbidden, "<html>Blocked by policy</html>", "text/html");

        var error = await Should.ThrowAsync<ForbiddenException>(Get);

        error.Message.ShouldContain("<html>Blocked by policy</html>");
    }

    [Fact]
    public async Task A_warning_is_reported_once()
    {
        const string Stored = """{"metadata":{"name":"a"}}""";
        List<string> warnings = [];
        foreach (var text in new[] { "299 - \"v1beta1 is \\\"old\\\"\"", "299 - \"v1beta1 is \\\"old\\\"\"", "299 - \"other\"" })
        {
            _server.Answer(HttpStatusCode.OK, Stored, headers: headers => headers.TryAddWithoutValidation("Warning", text));
        }

        var widgets = _server.Widgets(options: new KubernetesClientOptions { OnWarning = warnings.Add });
        for (var i = 0; i < 3; i++)
        {
            await widgets.GetAsync("a", TestContext.Current.CancellationToken);
        }

        warnings.ShouldBe(["v1beta1 is \"old\"", "other"]);
    }
}
