using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Metrics;
using OperatorKit.Tests.Samples;
using OperatorKit.Webhooks;

namespace OperatorKit.Tests.Webhooks;

/// <summary>Webhooks as users meet them: through an API server that calls them over TLS.</summary>
public sealed class AdmissionTests
{
    [Fact]
    public async Task What_a_webhook_refuses_is_not_stored_and_names_the_fields()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await using var host = await cluster.RunAsync(
            new ScriptedWebhook
            {
                OnValidate = static (app, _) => AdmissionResult.Of(Errors(app)),
            },
            validating: new WebhookSettings());

        var refused = await Should.ThrowAsync<InvalidResourceException>(() => cluster.CreateAsync("one", 13));

        refused.Message.ShouldContain("admission webhook \"validate.v1.simpleapps.example.com\" denied the request: "
            + "SimpleApp.example.com \"one\" is invalid: [spec.replicas: Invalid value: 13: must not be unlucky, spec.image: Required value: say which]");
        refused.Status!.Details!.Causes!.Select(static c => (c.Field, c.Reason)).ShouldBe([("spec.replicas", "FieldValueInvalid"), ("spec.image", "FieldValueRequired")]);
        (await cluster.Apps.FindAsync("one")).ShouldBeNull();
        (await cluster.CreateAsync("two", 12)).Spec.Replicas.ShouldBe(12);

        static IEnumerable<FieldError> Errors(SimpleApp app)
        {
            if (app.Spec.Replicas != 13)
                yield break;
            yield return FieldError.Invalid("spec.replicas", app.Spec.Replicas, "must not be unlucky");
            yield return FieldError.Required("spec.image", "say which");
        }
    }

    [Fact]
    public async Task A_webhook_sees_operation_old_object_user_and_dry_run()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        var webhook = new ScriptedWebhook { OnValidate = static (_, _) => AdmissionResult.Allowed with { Warnings = ["mind the gap"] } };
        await using var host = await cluster.RunAsync(
            webhook, new WebhookSettings { Operations = AdmissionOperations.Create | AdmissionOperations.Update | AdmissionOperations.Delete });

        await cluster.CreateAsync("one", 1, new WriteOptions { DryRun = true });
        await cluster.CreateAsync("one");
        await cluster.Apps.PatchAsync("one", Patch.Merge("""{"spec":{"replicas":2}}"""));
        await cluster.Apps.DeleteAsync("one");

        webhook.Requests.Select(static r => (r.Operation, r.IsDryRun, r.Old?.Spec.Replicas)).ShouldBe(
        [
            (AdmissionOperations.Create, true, null),
            (AdmissionOperations.Create, false, null),
            (AdmissionOperations.Update, false, 1),
            (AdmissionOperations.Delete, false, 2),
        ]);
        webhook.Requests[1].ShouldSatisfyAllConditions(
            r => r.User.Name.ShouldNotBeEmpty(),
            r => r.User.Groups.ShouldContain("system:masters"),
            r => r.Namespace.ShouldBe("default"),
            r => r.Name.ShouldBe("one"));
        cluster.Warnings.ShouldBe(["mind the gap"]);
    }

    [Fact]
    public async Task A_webhook_is_asked_only_about_what_its_selectors_and_conditions_let_through()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        var webhook = new ScriptedWebhook();
        await using var host = await cluster.RunAsync(
            webhook,
            new WebhookSettings
            {
                NamespaceSelector = """{"matchExpressions":[{"key":"paused","operator":"DoesNotExist"}]}""",
                ObjectSelector = """{"matchLabels":{"tier":"web"}}""",
                MatchConditions = [new("many", "object.spec.replicas > 2")],
            });

        await CreateAsync("other-tier", "db", 3);
        await CreateAsync("few", "web", 2);
        await CreateAsync("asked", "web", 3);
        await cluster.Client.Resource<V1Namespace>().PatchAsync("default", Patch.Merge("""{"metadata":{"labels":{"paused":""}}}"""));
        await CreateAsync("paused", "web", 3);

        webhook.Requests.Select(static r => r.Name).ShouldBe(["asked"]);

        Task CreateAsync(string name, string tier, int replicas) => cluster.Apps.CreateAsync(
            new SimpleApp { Metadata = new V1ObjectMeta { Name = name, Labels = new Dictionary<string, string> { ["tier"] = tier } }, Spec = new SimpleAppSpec { Replicas = replicas } });
    }

    [Fact]
    public async Task What_a_webhook_changes_is_stored_and_nothing_else()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await using var host = await cluster.RunAsync(
            new ScriptedWebhook
            {
                OnMutate = static app =>
                {
                    app.Metadata.Labels = new Dictionary<string, string>(app.Metadata.Labels ?? new Dictionary<string, string>()) { ["team/owner"] = "web" };
                    return app with { Spec = app.Spec with { Image = app.Spec.Image + "-slim" } };
                },
            },
            mutating: new WebhookSettings());

        var app = await cluster.CreateAsync("one", 3);

        app.Spec.ShouldBe(new SimpleAppSpec { Replicas = 3, Image = "nginx:1.27-slim" });
        app.Metadata.Labels.ShouldBe(new Dictionary<string, string> { ["team/owner"] = "web" });
    }

    [Theory]
    [InlineData(FailurePolicy.Fail)]
    [InlineData(FailurePolicy.Ignore)]
    public async Task A_webhook_that_throws_answers_as_its_failure_policy_says(FailurePolicy policy)
    {
        await using var cluster = await WebhookCluster.StartAsync();
        await using var host = await cluster.RunAsync(
            new ScriptedWebhook { OnValidate = static (_, _) => throw new InvalidOperationException("no luck today") }, new WebhookSettings { FailurePolicy = policy });

        if (policy == FailurePolicy.Ignore)
        {
            await cluster.CreateAsync("one");
            cluster.Warnings.ShouldHaveSingleItem().ShouldContain("no luck today");
            return;
        }

        var refused = await Should.ThrowAsync<ServerErrorException>(() => cluster.CreateAsync("one"));
        refused.Message.ShouldContain("the webhook for SimpleApp failed: InvalidOperationException: no luck today");
    }

    [Fact]
    public async Task The_metrics_of_a_webhook_tell_what_was_answered_and_that_it_has_a_bug()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        var webhook = new ScriptedWebhook { OnValidate = static (app, _) => app.Metadata.Name == "one" ? throw new InvalidCastException("a bug") : AdmissionResult.Allowed };
        await using var host = await cluster.RunAsync(webhook, new WebhookSettings(), httpPort: 0);

        await Should.ThrowAsync<ServerErrorException>(() => cluster.CreateAsync("one"));
        await cluster.CreateAsync("two");

        // An answer is counted when it has been sent.
        var path = WebhookNames.Path("validate", SimpleApp.Definition);
        await Cluster.UntilAsync(async () => (await Scrape.OfAsync(host)).Find($$"""controller_runtime_webhook_requests_total{webhook="{{path}}",code="200"}""") == 2);
        var metrics = await Scrape.OfAsync(host);
        metrics[$$"""controller_runtime_webhook_requests_in_flight{webhook="{{path}}"}"""].ShouldBe(0);
        metrics["controller_runtime_webhook_panics_total"].ShouldBe(1);
        metrics.LabelsOf("controller_runtime_webhook_latency_seconds").ShouldBe("webhook");
    }

    [Fact]
    public async Task An_operator_that_stops_takes_its_configurations_back()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        var host = await cluster.RunAsync(new ScriptedWebhook { OnValidate = static (_, _) => AdmissionResult.Denied("never") }, new WebhookSettings(), new WebhookSettings());
        (await Should.ThrowAsync<ForbiddenException>(() => cluster.CreateAsync("one"))).Message.ShouldContain("never");

        await host.DisposeAsync();

        (await cluster.CreateAsync("one")).Metadata.Name.ShouldBe("one");
        (await cluster.Client.Resource<V1ValidatingWebhookConfiguration>().ListAsync()).ShouldBeEmpty();
        (await cluster.Client.Resource<V1MutatingWebhookConfiguration>().ListAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_operators_make_one_set_of_certificates()
    {
        await using var cluster = await WebhookCluster.StartAsync();
        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => cluster.RunAsync(new ScriptedWebhook(), new WebhookSettings())));
        try
        {
            await cluster.CreateAsync("one");
            var configurations = await cluster.Client.Resource<V1ValidatingWebhookConfiguration>().ListAsync();
            configurations.Items.Count.ShouldBe(4);
            configurations.Items.Select(static c => Convert.ToBase64String(c.Webhooks![0].ClientConfig!.CaBundle!)).Distinct().ShouldHaveSingleItem();
        }
        finally
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
        }
    }
}
