using System.Net;
using System.Reflection;
using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Models;
using Samples;

namespace OperatorKit.IntegrationTests;

/// <summary>The sample under the roles that the build wrote for it: they are enough, and none of their rights is needless.</summary>
public sealed class SimpleAppRights : IAsyncLifetime
{
    private const string App = "my-app";
    private const string Child = "my-app-replicaset";
    private const string Left = "left-over";
    private const string Finalizer = "example.com/simpleapp-finalizer";

    private readonly string _tokens = Path.GetTempFileName();
    private KubernetesApiServer _server = null!;
    private KubernetesClient _admin = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await File.WriteAllTextAsync(_tokens, "root,admin,1,\"system:masters\"\noperator,system:serviceaccount:simple-app-system:simple-app,2\n", Token);
        _server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false, TokenFile = _tokens, Workloads = true }, Token);
        _admin = new KubernetesClient(Connection("root"), new KubernetesClientOptions { Handler = _server.CreateHandler() });
        await _admin.InstallAsync<SimpleApp>(Token);
        await _admin.ApplyManifestAsync("apiVersion: v1\nkind: Namespace\nmetadata:\n  name: simple-app-system\n", cancellationToken: Token);
        await _admin.ApplyManifestAsync(Rbac(), cancellationToken: Token);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        await _server.DisposeAsync();
        File.Delete(_tokens);
    }

    [Fact]
    public async Task The_roles_of_the_build_are_enough()
    {
        (await RefusalAsync()).ShouldBeNull();
    }

    [Fact]
    public async Task Without_any_one_of_its_rights_the_operator_is_refused_something()
    {
        var needless = new List<string>();
        foreach (var role in await _admin.Resource<V1ClusterRole>().ListAsync(new ListOptions { LabelSelector = "app.kubernetes.io/managed-by=OperatorKit" }, Token))
        {
            foreach (var (right, rules) in EachLess(role.Rules!))
            {
                await _admin.Resource<V1ClusterRole>().PatchAsync(role.Metadata.Name!, Rules(rules), cancellationToken: Token);
                if (await RefusalAsync() is null)
                    needless.Add(right);
            }

            await _admin.Resource<V1ClusterRole>().PatchAsync(role.Metadata.Name!, Rules(role.Rules!), cancellationToken: Token);
        }

        foreach (var role in await _admin.Resource<V1Role>("simple-app-system").ListAsync(cancellationToken: Token))
        {
            foreach (var (right, rules) in EachLess(role.Rules!))
            {
                await _admin.Resource<V1Role>("simple-app-system").PatchAsync(role.Metadata.Name!, Rules(rules), cancellationToken: Token);
                if (await RefusalAsync() is null)
                    needless.Add(right);
            }
        }

        // Only clusters that run the admission plugin OwnerReferencesPermissionEnforcement ask for it.
        needless.ShouldBe(["update simpleapps/finalizers"]);
    }

    /// <summary>Lets the operator do all that it can do, until it is done or the server refuses it something.</summary>
    /// <returns>What was refused; null where nothing was.</returns>
    private async Task<string?> RefusalAsync()
    {
        var refused = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new KubernetesClient(Connection("operator"), new KubernetesClientOptions { Handler = new Watchman(_server.CreateHandler(), refused, MeddleAsync) });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var work = WorkAsync(client, end.Token);
        await Task.WhenAny(work, refused.Task);
        await end.CancelAsync();
        try
        {
            await work;
        }
        catch (OperatorStartException missing)
        {
            refused.TrySetResult(missing.Message);
        }
        catch (OperationCanceledException) when (refused.Task.IsCompleted)
        {
            // The rest of the work does not matter.
        }

        await CleanAsync();
        return refused.Task.IsCompleted ? await refused.Task : null;
    }

    private async Task WorkAsync(KubernetesClient client, CancellationToken cancellationToken)
    {
        // What an earlier build with OnDeleteAsync has left.
        await CreateAsync(Left, Finalizer);
        await _admin.SimpleApps("default").DeleteAsync(Left, cancellationToken: cancellationToken);
        // The right to list is for servers that send no streams.
        var options = new OperatorOptions { Name = "simple-app", LeaderElection = true, StreamLists = false };
        options.Lease.Namespace = "simple-app-system";
        await using (await OperatorHost.StartAsync(client, static operators => operators.AddSimpleAppOperator(), options, cancellationToken: cancellationToken))
        {
            await UntilAsync<SimpleApp>(Left, static app => app is null, cancellationToken);
            await CreateAsync(App);
            await UntilAsync<SimpleApp>(App, static app => app?.Status?.ReadyReplicas == 1, cancellationToken);
            await _admin.SimpleApps("default").ScaleAsync(App, 2, cancellationToken: cancellationToken);
            await UntilAsync<SimpleApp>(App, static app => app?.Status?.ReadyReplicas == 2, cancellationToken);

            // Twice, because an Event that comes again is patched; what comes again before it is written is in the count.
            for (var times = 1; times <= 2; times++)
            {
                var uid = (await _admin.ReplicaSets("default").GetAsync(Child, cancellationToken)).Metadata.Uid;
                await _admin.ReplicaSets("default").DeleteAsync(Child, cancellationToken: cancellationToken);
                await UntilAsync<V1ReplicaSet>(Child, set => set is not null && set.Metadata.Uid != uid, cancellationToken);
                await UntilRepairedAsync(times, cancellationToken);
            }
        }
    }

    /// <summary>Writes to the app before its status comes, which makes that a conflict.</summary>
    private async Task MeddleAsync(CancellationToken cancellationToken) =>
        await _admin.SimpleApps("default").PatchAsync(App, Patch.Merge("""{"metadata":{"annotations":{"example.com/note":"seen"}}}"""), cancellationToken: cancellationToken);

    private async Task CreateAsync(string name, params string[] finalizers) => await _admin.SimpleApps("default").CreateAsync(
        new SimpleApp { Metadata = new V1ObjectMeta { Name = name, NamespaceProperty = "default", Finalizers = finalizers }, Spec = new SimpleAppSpec() }, cancellationToken: Token);

    private async Task CleanAsync()
    {
        foreach (var app in await _admin.SimpleApps("default").ListAsync(cancellationToken: Token))
        {
            await _admin.SimpleApps("default").PatchAsync(app.Metadata.Name!, Patch.Merge("""{"metadata":{"finalizers":null}}"""), cancellationToken: Token);
            await _admin.SimpleApps("default").DeleteAsync(app.Metadata.Name!, cancellationToken: Token);
        }

        await _admin.Leases("simple-app-system").DeleteCollectionAsync(cancellationToken: Token);
        await _admin.Resource<Eventsv1Event>("default").DeleteCollectionAsync(cancellationToken: Token);
        await UntilAsync<V1ReplicaSet>(Child, static set => set is null, Token);
    }

    private async Task UntilRepairedAsync(int times, CancellationToken cancellationToken)
    {
        await foreach (var change in _admin.Resource<Eventsv1Event>("default").WatchAsync(new WatchOptions(), cancellationToken))
        {
            if (change.Type != WatchEventType.Bookmark && change.Object.Reason == "Repaired" && (change.Object.Series?.Count ?? 1) >= times)
                return;
        }
    }

    private async Task UntilAsync<T>(string name, Func<T?, bool> wanted, CancellationToken cancellationToken)
        where T : class, IKubernetesResource<T>
    {
        var objects = _admin.Resource<T>("default");
        var only = "metadata.name=" + name;
        var list = await objects.ListAsync(new ListOptions { FieldSelector = only }, cancellationToken);
        if (wanted(list.FirstOrDefault()))
            return;
        await foreach (var change in objects.WatchAsync(new WatchOptions { FieldSelector = only, ResourceVersion = list.ResourceVersion }, cancellationToken))
        {
            if (wanted(change.Type == WatchEventType.Deleted ? null : change.Object))
                return;
        }
    }

    /// <summary>The rules without one verb on one resource, for each that they allow.</summary>
    private static IEnumerable<(string Right, IReadOnlyList<V1PolicyRule> Rules)> EachLess(IList<V1PolicyRule> rules) =>
        from rule in rules
        from resource in rule.Resources!
        from verb in rule.Verbs!
        select ($"{verb} {resource}", (IReadOnlyList<V1PolicyRule>)
        [
            .. rules.Where(r => r != rule),
            rule with { Resources = [.. rule.Resources!.Where(r => r != resource)] },
            rule with { Resources = [resource], Verbs = [.. rule.Verbs!.Where(v => v != verb)] },
        ]);

    private static Patch Rules(IEnumerable<V1PolicyRule> rules) => Patch.Merge(
        $$"""{"rules":[{{string.Join(',', rules.Where(static r => r is { Resources.Count: > 0, Verbs.Count: > 0 }).Select(static r => $$"""{"apiGroups":[{{Texts(r.ApiGroups)}}],"resources":[{{Texts(r.Resources)}}],"verbs":[{{Texts(r.Verbs)}}]}"""))}}]}""");

    private static string Texts(IEnumerable<string>? texts) => string.Join(',', texts!.Select(static t => $"\"{t}\""));

    /// <summary>What the build of the sample wrote to <c>rbac.yaml</c>, for the account of this test.</summary>
    private static string Rbac() => ((string)typeof(SimpleApp).Assembly.GetType("OperatorKit.Generated.Manifests", throwOnError: true)!
            .GetField("Rbac", BindingFlags.NonPublic | BindingFlags.Static)!.GetRawConstantValue()!);

    private ClusterConnection Connection(string token) => new() { Server = _server.Address, Credentials = new ClusterCredentials { Token = token } };

    /// <summary>Notes the first request that is refused, and has somebody write to the app before its first status.</summary>
    private sealed class Watchman(HttpMessageHandler inner, TaskCompletionSource<string> refused, Func<CancellationToken, Task> meddle) : DelegatingHandler(inner)
    {
        private int _statuses;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath.EndsWith($"/{App}/status", StringComparison.Ordinal) && Interlocked.Increment(ref _statuses) == 1)
                await meddle(cancellationToken);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode == HttpStatusCode.Forbidden)
                refused.TrySetResult($"{request.Method} {request.RequestUri.PathAndQuery}");
            return response;
        }
    }
}
