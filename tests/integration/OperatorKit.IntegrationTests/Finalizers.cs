using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Testing;

namespace OperatorKit.IntegrationTests;

/// <summary>Deletion behind a finalizer: only where <c>OnDeleteAsync</c> is overridden.</summary>
public sealed class Finalizers(SharedCluster shared)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_object_goes_only_after_its_clean_up()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);
        await CreateAsync(home);
        await home.EventuallyAsync<Guarded>("a", guarded => guarded.Metadata.Finalizers is [_] && guarded.Status?.ObservedGeneration is not null, Token);

        await home.Resource<Guarded>().DeleteAsync("a", cancellationToken: Token);

        await home.EventuallyGoneAsync<Guarded>("a", Token);
        (await home.Resource<V1ConfigMap>().GetAsync("a-cleaned-up", Token)).Data!["note"].ShouldBe("bye");
    }

    [Fact]
    public async Task A_deletion_while_the_operator_is_away_is_not_lost()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using (await RunAsync(home))
        {
            await CreateAsync(home);
            await home.EventuallyAsync<Guarded>("a", guarded => guarded.Metadata.Finalizers is [_], Token);
        }

        await home.Resource<Guarded>().DeleteAsync("a", cancellationToken: Token);
        (await home.Resource<Guarded>().GetAsync("a", Token)).Metadata.DeletionTimestamp.ShouldNotBeNull();

        await using var again = await RunAsync(home);
        await home.EventuallyGoneAsync<Guarded>("a", Token);
        (await home.Resource<V1ConfigMap>().GetAsync("a-cleaned-up", Token)).Data!["note"].ShouldBe("bye");
    }

    [Fact]
    public async Task Somebody_elses_finalizer_stays()
    {
        await using var home = await shared.Cluster.CreateNamespaceAsync(cancellationToken: Token);
        await using var running = await RunAsync(home);
        await home.Resource<Guarded>().CreateAsync(
            new Guarded { Metadata = new V1ObjectMeta { Name = "a", Finalizers = ["example.com/theirs"] }, Spec = new GuardedSpec() }, cancellationToken: Token);
        await home.EventuallyAsync<Guarded>("a", guarded => guarded.Metadata.Finalizers is [_, _], Token);

        await home.Resource<Guarded>().DeleteAsync("a", cancellationToken: Token);

        await home.EventuallyAsync<Guarded>("a", guarded => guarded.Metadata.Finalizers is ["example.com/theirs"], Token);
        await home.Resource<Guarded>().PatchAsync("a", Patch.Merge("""{"metadata":{"finalizers":null}}"""), cancellationToken: Token);
        await home.EventuallyGoneAsync<Guarded>("a", Token);
    }

    private Task<OperatorHost> RunAsync(TestNamespace home) => shared.RunAsync(home, static operators => operators.AddGuardedOperator());

    private static Task<Guarded> CreateAsync(TestNamespace home) => home.Resource<Guarded>().CreateAsync(
        new Guarded { Metadata = new V1ObjectMeta { Name = "a" }, Spec = new GuardedSpec { Note = "bye" } }, cancellationToken: Token);
}
