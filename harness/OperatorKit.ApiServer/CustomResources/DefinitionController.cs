using System.Threading.Channels;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.CustomResources;

/// <summary>
/// Carries definitions through their life: accepts their names, serves their resources once established, keeps what is served
/// like the definition, and cleans up after one that is deleted. The decisions are <see cref="DefinitionPlan"/>'s.
/// </summary>
internal sealed class DefinitionController : IAsyncDisposable
{
    public static readonly GroupResource Definitions = new("apiextensions.k8s.io", "customresourcedefinitions");

    private readonly Channel<string> _queue;
    private readonly CancellationTokenSource _stop = new();
    private readonly ApiOperations _operations;
    private readonly PendingWork _pending;
    private readonly Loops _loops;
    private Task _run = Task.CompletedTask;

    /// <summary>Before the first write to the store, so that no definition is missed.</summary>
    public DefinitionController(ApiOperations operations, PendingWork pending, Loops loops)
    {
        _queue = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true, AllowSynchronousContinuations = loops.WakeInline });
        _loops = loops;
        _operations = operations;
        _pending = pending;
        operations.Store.Observe(Note);
    }

    public void Start() => _run = _loops.Start(() => RunAsync(_stop.Token));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private void Note(GroupResource resource, StoreEvent change)
    {
        if (resource == Definitions)
            Enqueue(change.Object.Name);
        else if (change.Type == StoreEventType.Deleted && _operations.Registry.Current.Find(resource)?.Origin is { Terminating: true } origin)
            Enqueue(origin.Name);
    }

    private void Enqueue(string name)
    {
        _pending.Begin();
        _queue.Writer.TryWrite(name);
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var name in _queue.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            try
            {
                await _loops.LeaveWriterAsync().ConfigureAwait(false);
                await ReconcileAsync(name, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Someone else was faster, and their change comes through the queue as well; or this definition cannot be
                // served, which must not stop the others.
            }
            finally
            {
                _pending.End();
            }
        }
    }

    private async Task ReconcileAsync(string name, CancellationToken cancellationToken)
    {
        var definition = _operations.Store.Find(Definitions, null, name)?.Value;
        if (definition is null)
        {
            Withdraw(name);
            return;
        }

        Publish(definition);
        var step = DefinitionPlan.Next(definition, Others(definition), HasObjects(definition), _operations.Clock.GetUtcNow());
        switch (step)
        {
            case DefinitionStep.WriteStatus write:
                await _operations.UpdateAsync(Target(name, "status"), write.Definition, RequestContext.Internal("kube-apiserver"), cancellationToken).ConfigureAwait(false);
                break;
            case DefinitionStep.DeleteObjects:
                await DeleteObjectsAsync(definition, cancellationToken).ConfigureAwait(false);
                break;
            case DefinitionStep.Release:
                var finalizers = definition.ArrayAt("metadata", "finalizers")!.Where(static finalizer => finalizer is not JsonString { Value: DefinitionPlan.CleanupFinalizer });
                var released = definition.WithAt(["metadata", "finalizers"], JsonArray.Of(finalizers));
                await _operations.UpdateAsync(Target(name, null), released, RequestContext.Internal("kube-apiserver"), cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    private async Task DeleteObjectsAsync(JsonObject definition, CancellationToken cancellationToken)
    {
        if (_operations.Registry.Current.Find(Resource(definition)) is { } type)
            await _operations.DeleteCollectionAsync(new ResourceTarget(type, type.StorageVersion), new ListOptions(), new DeleteOptions(), RequestContext.Internal("kube-apiserver"), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Serves what the definition says, and ends the watches that a change of it makes wrong.</summary>
    private void Publish(JsonObject definition)
    {
        if (!Conditions.IsTrue(definition, "Established"))
            return;
        var resource = Resource(definition);
        var before = _operations.Registry.Current.Find(resource);
        var type = DefinitionReader.Read(definition);
        if (before?.Origin is { } known && known.Equals(type.Origin))
            return;
        if (before is null)
            _operations.Store.Begin(resource);
        _operations.Registry.Publish(type);
        if (before?.Origin is { } earlier && !earlier.Content.Equals(type.Origin!.Content))
            _operations.Store.Disconnect(resource);
    }

    private void Withdraw(string name)
    {
        var type = _operations.Registry.Current.Types.FirstOrDefault(type => type.Origin?.Name == name);
        if (type is not null)
        {
            _operations.Registry.Withdraw(type.Resource);
            _operations.Store.Disconnect(type.Storage);
        }

        // The names that it held are free for those that wait for them.
        foreach (var waiting in _operations.Store.Read(Definitions).Objects.In(null).Where(static other => !Conditions.IsTrue(other.Value, "NamesAccepted")))
            Enqueue(waiting.Name);
    }

    private IEnumerable<JsonObject> Others(JsonObject definition)
    {
        var (name, group) = (definition.StringAt("metadata", "name"), definition.StringAt("spec", "group"));
        return _operations.Store.Read(Definitions).Objects.In(null)
            .Where(other => other.Name != name && other.Value.StringAt("spec", "group") == group)
            .Select(static other => other.Value);
    }

    private bool HasObjects(JsonObject definition) => _operations.Store.Read(Resource(definition)).Objects.Count > 0;

    private ResourceTarget Target(string name, string? subresource) => _operations.Target(Definitions.Group, Definitions.Resource, null, name, subresource);

    private static GroupResource Resource(JsonObject definition) => new(definition.StringAt("spec", "group") ?? "", definition.StringAt("spec", "names", "plural") ?? "");
}
