using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

/// <summary>Others write to the object while an operator's own write is on its way.</summary>
public sealed class ConflictTests
{
    private const string Label = """{"metadata":{"labels":{"seen":"by-another"}}}""";
    private const string Condition = """{"status":{"conditions":[{"type":"Audited","status":"True","reason":"Read","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}]}}""";

    private readonly ScriptedHandler _handler = new();
    private int _meddled;

    [Fact]
    public async Task A_status_is_written_again_and_the_handler_is_not_called_again()
    {
        await using var cluster = await Cluster.StartAsync();
        MeddleOnce(cluster, "/status", () => cluster.Apps.PatchAsync("app", Patch.Merge(Label)));
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");
        var app = await cluster.UntilReadyAsync("app");

        app!.Metadata.Labels!["seen"].ShouldBe("by-another");
        Calls("Create").ShouldBe(1);
    }

    [Fact]
    public async Task A_condition_that_a_handler_only_passed_on_stays_as_another_has_just_written_it()
    {
        await using var cluster = await Cluster.StartAsync();
        _handler.OnReconcile = static (scope, _, _) => Task.FromResult<ResourceStatus?>((scope.Resource.Status ?? new SimpleAppStatus()) with { ReadyReplicas = 1 });
        await cluster.CreateAsync("app");
        await cluster.Apps.PatchStatusAsync("app", Patch.Merge(Condition.Replace("\"True\"", "\"False\"", StringComparison.Ordinal)));
        MeddleOnce(cluster, "/status", () => cluster.Apps.PatchStatusAsync("app", Patch.Merge(Condition)));
        await cluster.RunAsync(_handler);

        var app = await cluster.UntilReadyAsync("app");

        app!.Status!.ReadyReplicas.ShouldBe(1);
        app.Status.Conditions.Single(condition => condition.Type == "Audited").Status.ShouldBe("True");
        Calls("Create").ShouldBe(1);
    }

    [Fact]
    public async Task A_spec_that_changes_while_the_status_of_the_create_is_written_is_an_update()
    {
        await using var cluster = await Cluster.StartAsync();
        MeddleOnce(cluster, "/status", () => cluster.ScaleAsync("app", 2));
        await cluster.RunAsync(_handler);

        await cluster.CreateAsync("app");
        await cluster.UntilAsync<SimpleApp>("app", app => app?.Status?.ObservedGeneration == 2);

        (Calls("Create"), Calls("Update")).ShouldBe((1, 1));
    }

    [Fact]
    public async Task A_finalizer_is_removed_again_and_the_clean_up_is_not_done_again()
    {
        await using var cluster = await Cluster.StartAsync();
        await cluster.RunAsync(_handler, HandlerMethods.Create | HandlerMethods.Delete);
        await cluster.Apps.CreateAsync(new SimpleApp
        {
            Metadata = new V1ObjectMeta { Name = "app", NamespaceProperty = Cluster.Namespace, Finalizers = ["example.com/foreign"] },
            Spec = new SimpleAppSpec(),
        });
        await cluster.UntilReadyAsync("app");

        // The finalizer that stood before ours goes, and ours is no longer where the patch says.
        MeddleOnce(cluster, "/app", () => cluster.Apps.PatchAsync("app", Patch.Json(JsonPatchOperation.Remove("/metadata/finalizers/0"))));
        await cluster.Apps.DeleteAsync("app");
        await cluster.UntilAsync<SimpleApp>("app", app => app is null);

        _meddled.ShouldBe(2);
        (Calls("Create"), Calls("Delete")).ShouldBe((1, 1));
    }

    private int Calls(string method) => _handler.Calls.Count(call => call == $"{method} app");

    private void MeddleOnce(Cluster cluster, string path, Func<Task> meddle) => cluster.Requests.OnTheWay = async (request, _) =>
    {
        if (request.Method == HttpMethod.Patch && request.RequestUri!.AbsolutePath.EndsWith(path, StringComparison.Ordinal) && Interlocked.Increment(ref _meddled) == 1)
            await meddle();
    };
}
