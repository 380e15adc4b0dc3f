using System.Collections.Concurrent;
using OperatorKit.ApiServer;
using OperatorKit.Client;
using OperatorKit.Models;

namespace OperatorKit.Benchmarks;

/// <summary>What an operator sends for an object that is created, changed and deleted; Events are written apart and not counted.</summary>
internal static class Calls
{
    private const string Name = "note";

    public static async Task PrintAsync()
    {
        await using var server = await KubernetesApiServer.StartAsync(new ApiServerOptions { Listen = false });
        var connection = new ClusterConnection { Server = server.Address };
        using var user = new KubernetesClient(connection, new KubernetesClientOptions { Handler = server.CreateHandler() });
        using var client = new KubernetesClient(connection, new KubernetesClientOptions { Handler = server.CreateHandler() });
        await user.InstallAsync<Note>();
        await using var host = await OperatorHost.StartAsync(client, static operators => operators.AddNoteOperator());
        var sent = new ConcurrentQueue<string>();
        using var observation = client.Observe(request =>
        {
            if (request.Verb != "watch" && request.Definition?.Kind != "Event")
                sent.Enqueue(request.Subresource is null ? $"{request.Verb} {request.Definition?.Plural}" : $"{request.Verb} {request.Definition?.Plural}/{request.Subresource}");
        });
        var notes = user.Resource<Note>("default");

        await notes.CreateAsync(new Note { Metadata = new V1ObjectMeta { Name = Name }, Spec = new NoteSpec { Text = "one" } });
        await PrintAsync("create", () => IsObservedAsync(1));
        await notes.PatchAsync(Name, Patch.Merge("""{"spec":{"text":"two"}}"""));
        await PrintAsync("update", () => IsObservedAsync(2));
        await notes.DeleteAsync(Name);
        await PrintAsync("delete", async () => await user.Resource<V1ConfigMap>("default").FindAsync(Name) is null);

        async Task<bool> IsObservedAsync(long generation) => (await notes.GetAsync(Name)).Status?.ObservedGeneration == generation;

        async Task PrintAsync(string action, Func<Task<bool>> isDone)
        {
            while (!await isDone())
            {
                await Task.Delay(10);
            }

            // What the operator does about its own writes would come now.
            await Task.Delay(500);
            Console.WriteLine($"{action}: {sent.Count} {(sent.IsEmpty ? "" : $"({string.Join(", ", sent)})")}");
            sent.Clear();
        }
    }
}
