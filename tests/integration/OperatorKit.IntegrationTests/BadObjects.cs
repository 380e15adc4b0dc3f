using OperatorKit.Client;
using OperatorKit.Models;
using Samples;

namespace OperatorKit.IntegrationTests;

/// <summary>What the schema made from the record refuses, and in which words.</summary>
public sealed class BadObjects(SharedCluster shared)
{
    [Theory]
    [InlineData("replicas: 0", "spec.replicas", "greater than or equal to 1")]
    [InlineData("replicas: 1001", "spec.replicas", "less than or equal to 1000")]
    [InlineData("replicas: many", "spec.replicas", "must be of type integer")]
    [InlineData("image: ''", "spec.image", "at least 1 chars long")]
    [InlineData("replica: 2", "spec.replica", "unknown field")]
    public async Task An_invalid_app_is_refused_with_the_field_and_the_reason(string member, string field, string reason)
    {
        var token = TestContext.Current.CancellationToken;
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: token);
        var app = Manifest.Parse($"apiVersion: example.com/v1\nkind: SimpleApp\nmetadata:\n  name: a\nspec:\n  {member}\n")[0];

        var create = () => shared.Cluster.Client.Dynamic(SimpleApp.Definition, home.Name)
            .CreateAsync(app, new WriteOptions { FieldValidation = FieldValidation.Strict }, token);

        var refused = await create.ShouldThrowAsync<KubernetesException>();
        refused.Message.ShouldContain(field);
        refused.Message.ShouldContain(reason);
        (await home.Resource<SimpleApp>().FindAsync("a", token)).ShouldBeNull();
    }

    [Fact]
    public async Task Defaults_are_filled_in_by_the_server()
    {
        var token = TestContext.Current.CancellationToken;
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: token);
        var app = Manifest.Parse("apiVersion: example.com/v1\nkind: SimpleApp\nmetadata:\n  name: a\n")[0];

        await shared.Cluster.Client.Dynamic(SimpleApp.Definition, home.Name).CreateAsync(app, cancellationToken: token);

        (await home.Resource<SimpleApp>().GetAsync("a", token)).Spec.ShouldBe(new SimpleAppSpec { Replicas = 1, Image = "nginx:1.27" });
    }

    [Fact]
    public async Task A_missing_definition_stops_the_start_with_the_command_that_mends_it()
    {
        var start = () => shared.Cluster.RunOperatorAsync(static operators => operators.AddUninstalledOperator(), cancellationToken: TestContext.Current.CancellationToken);

        (await start.ShouldThrowAsync<OperatorStartException>()).Message.ShouldContain("kubectl apply");
    }
}

/// <summary>A resource whose definition no test installs.</summary>
[KubernetesResource("test.operatorkit.dev", "v1", Plural = "uninstalled")]
public sealed partial record Uninstalled : CustomResource<UninstalledSpec, UninstalledStatus>;

public sealed record UninstalledSpec
{
    public string Note { get; init; } = "";
}

public sealed record UninstalledStatus : ResourceStatus;

public sealed class UninstalledOperator : UninstalledHandler;
