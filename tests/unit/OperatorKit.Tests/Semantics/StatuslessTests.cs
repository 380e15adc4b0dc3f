using OperatorKit.Client;
using OperatorKit.Models;
using OperatorKit.Tests.Samples;

namespace OperatorKit.Tests.Semantics;

public sealed class StatuslessTests
{
    private readonly NoteHandler _handler = new();

    [Fact]
    public async Task Without_a_status_a_restart_is_a_create_for_each_object()
    {
        await using var cluster = await StartAsync();
        await using (await RunAsync(cluster, null))
        {
            await Cluster.UntilAsync(() => _handler.Calls.Contains("Create a"));
        }

        _handler.Calls.Clear();
        await using var host = await RunAsync(cluster, null);

        await Cluster.UntilAsync(() => _handler.Calls.Contains("Create a"));
    }

    [Fact]
    public async Task With_an_annotation_for_the_progress_a_restart_is_no_create()
    {
        const string Annotation = "example.com/handled";
        await using var cluster = await StartAsync();
        await using (await RunAsync(cluster, Annotation))
        {
            await cluster.UntilAsync<Note>("a", note => note!.HasAnnotation(Annotation, "1"));
        }

        _handler.Calls.Clear();
        await using var host = await RunAsync(cluster, Annotation);
        await Cluster.UntilAsync(() => !_handler.Calls.IsEmpty);
        await cluster.Client.Resource<Note>(Cluster.Namespace).PatchAsync("a", Patch.Merge("""{"spec":{"text":"other"}}"""));
        await cluster.UntilAsync<Note>("a", note => note!.HasAnnotation(Annotation, "2"));

        _handler.Calls.ShouldContain("Update a");
        _handler.Calls.ShouldNotContain("Create a");
    }

    private static async Task<Cluster> StartAsync()
    {
        var cluster = await Cluster.StartAsync();
        await cluster.InstallCrdAsync<Note>();
        await cluster.Client.Resource<Note>(Cluster.Namespace).CreateAsync(new Note { Metadata = new V1ObjectMeta { Name = "a" }, Spec = new NoteSpec { Text = "x" } });
        return cluster;
    }

    private Task<OperatorHost> RunAsync(Cluster cluster, string? annotation) => OperatorHost.StartAsync(
        cluster.OperatorClient,
        operators => operators.AddController<Note, NoteHandler>(
            HandlerMethods.Create | HandlerMethods.Update | HandlerMethods.Reconcile, [], _ => _handler, options => options.ProgressAnnotation = annotation),
        new OperatorOptions { StopGrace = TimeSpan.Zero },
        cancellationToken: TestContext.Current.CancellationToken);
}
