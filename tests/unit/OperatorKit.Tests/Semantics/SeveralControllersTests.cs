using OperatorKit.Client;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class SeveralControllersTests
{
    private const HandlerMethods Methods = HandlerMethods.Create | HandlerMethods.Update | HandlerMethods.Reconcile | HandlerMethods.Delete;

    private readonly ScriptedHandler _main = new();
    private readonly ScriptedHandler _backup = new() { OnReconcile = static (_, _, _) => Task.FromResult<ResourceStatus?>(null) };

    [Fact]
    public async Task Each_has_its_own_progress_condition_and_finalizer()
    {
        await using var cluster = await Cluster.StartAsync();
        await using var host = await StartAsync(cluster);

        await cluster.CreateAsync("app");
        var app = await BothReadyAsync(cluster, "True", "True");

        app.Metadata.Finalizers.ShouldBe(["example.com/simpleapp-finalizer", "example.com/backup-finalizer"], ignoreOrder: true);
        app.Metadata.Annotations!["example.com/backup-observed-generation"].ShouldBe("1");
        _backup.Calls.ShouldContain("Create app");

        await cluster.ScaleAsync("app", 2);
        await cluster.UntilAsync<SimpleApp>("app", found => found?.Status?.ObservedGeneration == 2 && found.HasAnnotation("example.com/backup-observed-generation", "2"));
        _main.Calls.Count(call => call == "Update app").ShouldBe(1);
        _backup.Calls.Count(call => call == "Update app").ShouldBe(1);

        await cluster.Apps.DeleteAsync("app");
        await cluster.UntilAsync<SimpleApp>("app", found => found is null);
        _main.Calls.ShouldContain("Delete app");
        _backup.Calls.ShouldContain("Delete app");
    }

    [Fact]
    public async Task One_that_fails_does_not_hold_up_the_other()
    {
        await using var cluster = await Cluster.StartAsync();
        var fails = true;
        _backup.OnReconcile = (_, _, _) => fails ? throw new InvalidOperationException("no disk") : Task.FromResult<ResourceStatus?>(null);
        await using var host = await StartAsync(cluster);

        await cluster.CreateAsync("app");
        await BothReadyAsync(cluster, "True", "False");
        fails = false;

        await BothReadyAsync(cluster, "True", "True");
        _main.Calls.Count(call => call == "Create app").ShouldBe(1);
        _backup.Calls.Count(call => call == "Create app").ShouldBeGreaterThan(1);
    }

    [Fact]
    public async Task They_share_one_list_and_one_watch()
    {
        await using var cluster = await Cluster.StartAsync();
        var reads = new List<string>();
        cluster.Requests.Intercept = request =>
        {
            lock (reads)
            {
                if (request.Method == HttpMethod.Get && request.RequestUri!.Query.Contains("watch=true", StringComparison.Ordinal))
                    reads.Add(request.RequestUri.AbsolutePath);
            }

            return null;
        };
        await using var host = await StartAsync(cluster);
        await cluster.CreateAsync("app");
        await BothReadyAsync(cluster, "True", "True");

        lock (reads)
        {
            // And nothing is watched that nobody asked for.
            reads.Distinct().Order().ShouldBe(["/apis/apps/v1/replicasets", "/apis/example.com/v1/simpleapps"]);
        }
    }

    [Fact]
    public async Task A_restart_is_no_create_for_either()
    {
        await using var cluster = await Cluster.StartAsync();
        await using (await StartAsync(cluster))
        {
            await cluster.CreateAsync("app");
            await BothReadyAsync(cluster, "True", "True");
        }

        _main.Calls.Clear();
        _backup.Calls.Clear();
        cluster.Requests.Clear();
        await using var host = await StartAsync(cluster);
        await Cluster.UntilAsync(() => !_main.Calls.IsEmpty && !_backup.Calls.IsEmpty);

        _main.Calls.ShouldAllBe(call => call == "Reconcile app");
        _backup.Calls.ShouldAllBe(call => call == "Reconcile app");
    }

    private static Task<OperatorHost> StartAsync(Cluster cluster, ScriptedHandler main, ScriptedHandler backup) => OperatorHost.StartAsync(
        cluster.OperatorClient,
        operators => operators
            .AddController<SimpleApp, ScriptedHandler>(Methods, [OwnedKind.Of<OperatorKit.Models.V1ReplicaSet>()], _ => main)
            .AddController<SimpleApp, ScriptedHandler>(Methods, [], _ => backup, options => options.Name = "backup"),
        new OperatorOptions { StopGrace = TimeSpan.Zero },
        cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<SimpleApp> BothReadyAsync(Cluster cluster, string main, string backup) =>
        (await cluster.UntilAsync<SimpleApp>("app", app => Status(app, "Ready") == main && Status(app, "BackupReady") == backup
            && (backup == "False" || app!.HasAnnotation("example.com/backup-observed-generation"))))!;

    private static string? Status(SimpleApp? app, string type) => app?.Status?.Conditions.FirstOrDefault(condition => condition.Type == type)?.Status;

    private Task<OperatorHost> StartAsync(Cluster cluster) => StartAsync(cluster, _main, _backup);
}
