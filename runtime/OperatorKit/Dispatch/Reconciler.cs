using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Conditions;
using OperatorKit.Hosting;
using OperatorKit.Queueing;
using OperatorKit.Watching;

namespace OperatorKit.Dispatch;

/// <summary>Deals with one object: key in, writes out. From the cached state it derives the cause, from the cause the method to call.</summary>
internal sealed partial class Reconciler<TResource>
    where TResource : CustomResource, ICustomResource<TResource>
{
    private readonly ControllerRegistration<TResource> _registration;
    private readonly IResourceHandler<TResource> _handler;
    private readonly KindCache<TResource> _cache;
    private readonly RunServices _services;
    private readonly ILogger _logger;
    private readonly StatusWriter<TResource> _status;
    private readonly ControllerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly TaskScheduler _scheduler;
    private readonly string _finalizer;
    private readonly string _runPrefix;
    private readonly ConcurrentDictionary<ObjectKey, ObjectProgress<TResource>> _progress = new();
    private long _runs;

    public Reconciler(
        ControllerRegistration<TResource> registration,
        IResourceHandler<TResource> handler,
        KindCache<TResource> cache,
        RunServices services,
        ControllerMetrics metrics,
        string runPrefix,
        OperatorServices given)
    {
        _registration = registration;
        _handler = handler;
        _cache = cache;
        _services = services;
        _logger = services.Logger;
        _metrics = metrics;
        _time = given.Time;
        _scheduler = given.Scheduler;
        _runPrefix = runPrefix;
        _status = new StatusWriter<TResource>(services.Client, cache, registration.Name, _time);
        _finalizer = registration.Finalizer;
    }

    /// <summary>Forgets what this process did before: another replica may have led in between.</summary>
    public void StartAfresh() => _progress.Clear();

    /// <summary>Deals with an object once.</summary>
    public async Task<NextRun> RunAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (!_cache.TryGet(key, out var resource))
        {
            _progress.TryRemove(key, out _);
            return NextRun.OnChange;
        }

        var progress = ProgressOf(key, resource);
        var cause = CauseFor(resource, progress);
        if (cause == Cause.None || (cause != Cause.Delete && progress.GivenUpGeneration == resource.Metadata.Generation))
            return NextRun.OnChange;

        var started = _time.GetTimestamp();
        var runId = $"{_runPrefix}-{Interlocked.Increment(ref _runs):x}";
        using var activity = RunActivity.Start(_registration.Name, TResource.Definition.Kind, key, cause, runId);
        using var scope = _logger.BeginScope(new RunLogScope(_registration.Name, TResource.Definition.Kind, key, runId));
        NextRun next;
        try
        {
            next = cause == Cause.Delete
                ? await DeleteAsync(resource, progress, runId, cancellationToken).ConfigureAwait(false)
                : await ReconcileAsync(key, resource, progress, cause, runId, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            next = await FailAsync(key, resource, progress, cause, exception, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Stopping, or no longer leading: whoever leads next starts from the object's state.
            return NextRun.OnChange;
        }

        RunActivity.End(activity, next.Result);
        var duration = _time.GetElapsedTime(started);
        _metrics.Ran(next.Result, duration);
        LogRan(cause, next.Result, duration.TotalMilliseconds);
        return next;
    }

    private ObjectProgress<TResource> ProgressOf(ObjectKey key, TResource resource)
    {
        var uid = resource.Metadata.Uid ?? "";
        if (!_progress.TryGetValue(key, out var progress) || progress.Uid != uid)
            _progress[key] = progress = new ObjectProgress<TResource>(uid);
        return progress;
    }

    private Cause CauseFor(TResource resource, ObjectProgress<TResource> progress)
    {
        var metadata = resource.Metadata;
        var observed = TResource.Definition.HasStatus ? resource.ObservedStatus?.ObservedGeneration : progress.HandledGeneration;
        return Causes.Classify(metadata.DeletionTimestamp is not null, Finalizers.Has(metadata, _finalizer), metadata.Generation ?? 0, observed);
    }

    private async Task<NextRun> ReconcileAsync(
        ObjectKey key, TResource resource, ObjectProgress<TResource> progress, Cause cause, string runId, CancellationToken cancellationToken)
    {
        var overridden = _registration.Methods;
        if ((overridden & HandlerMethods.Delete) != 0 && !Finalizers.Has(resource.Metadata, _finalizer))
            resource = await PatchFinalizerAsync(resource, Finalizers.Add(resource.Metadata, _finalizer), cancellationToken).ConfigureAwait(false);

        var method = Causes.Choose(cause, overridden);
        ResourceStatus? returned = null;
        TimeSpan? requeue = null;
        if (method != HandlerMethods.None)
        {
            var previous = cause == Cause.Reconcile ? resource : progress.Handled;
            (returned, requeue) = await CallAsync(
                resource, previous, method, progress, runId, _handler.ReconcileAsync, cancellationToken).ConfigureAwait(false);
        }

        // Without OnUpdate nobody asks which generation was seen; with it, a create that nothing handles has to be noted.
        if (method != HandlerMethods.None || (overridden & HandlerMethods.Update) != 0)
        {
            try
            {
                await _status.SucceededAsync(resource, returned, cancellationToken).ConfigureAwait(false);
            }
            catch (NotFoundException exception) when (!exception.IsKindMissing)
            {
                // Deleted during the run: there is nobody left to tell.
                return NextRun.OnChange;
            }
        }

        Remember(key, resource, progress);
        return requeue is { } delay ? NextRun.After(delay) : NextRun.OnChange;
    }

    private async Task<NextRun> DeleteAsync(TResource resource, ObjectProgress<TResource> progress, string runId, CancellationToken cancellationToken)
    {
        // A finalizer left by an earlier build that did override OnDeleteAsync must not keep the object for ever.
        if ((_registration.Methods & HandlerMethods.Delete) != 0)
        {
            await CallAsync(resource, progress.Handled, HandlerMethods.Delete, progress, runId, DeleteWithHandlerAsync, cancellationToken)
                .ConfigureAwait(false);
        }

        try
        {
            await PatchFinalizerAsync(resource, Finalizers.Remove(resource.Metadata, _finalizer), cancellationToken).ConfigureAwait(false);
        }
        catch (NotFoundException)
        {
            // Somebody else has removed the finalizer, and the object is gone.
        }

        return NextRun.OnChange;
    }

    private async Task<ResourceStatus?> DeleteWithHandlerAsync(ReconcileScope<TResource> scope, CancellationToken cancellationToken)
    {
        await _handler.DeleteAsync(scope, cancellationToken).ConfigureAwait(false);
        return null;
    }

    private async Task<(ResourceStatus? Returned, TimeSpan? Requeue)> CallAsync(
        TResource resource,
        TResource? previous,
        HandlerMethods method,
        ObjectProgress<TResource> progress,
        string runId,
        Func<ReconcileScope<TResource>, CancellationToken, Task<ResourceStatus?>> call,
        CancellationToken cancellationToken)
    {
        HandlerRun? run = null;
        try
        {
            var returned = await HandlerDeadline.RunAsync(
                token =>
                {
                    run = new HandlerRun(_services, resource, progress.Children, runId, token);
                    return call(new ReconcileScope<TResource>(resource, previous, method, run), token);
                },
                _registration.Options.HandlerTimeout,
                _time,
                _scheduler,
                cancellationToken).ConfigureAwait(false);
            return (returned, run?.Requeue);
        }
        catch (TimeoutException)
        {
            _metrics.TimedOut();
            throw;
        }
        finally
        {
            run?.Dispose();
        }
    }

    private async Task<TResource> PatchFinalizerAsync(TResource resource, Patch patch, CancellationToken cancellationToken)
    {
        var options = new WriteOptions { FieldManager = _registration.Name };
        try
        {
            var answer = await _services.Client.Resource<TResource>(resource.Metadata.NamespaceProperty)
                .PatchAsync(resource.Metadata.Name!, patch, options, cancellationToken).ConfigureAwait(false);
            _cache.Overlay(answer, _registration.Name);
            return answer;
        }
        catch (InvalidResourceException exception)
        {
            // A test in the patch failed: the object has changed since.
            throw new ConflictException(exception.Message, exception.Status);
        }
    }

    private void Remember(ObjectKey key, TResource resource, ObjectProgress<TResource> progress)
    {
        // The cached instance has the same spec; remembering it instead keeps one copy of the object alive, not two.
        var same = _cache.TryGet(key, out var cached)
            && cached.Metadata.Uid == resource.Metadata.Uid && cached.Metadata.Generation == resource.Metadata.Generation;
        progress.Handled = same ? cached : resource;
        progress.HandledGeneration = resource.Metadata.Generation ?? 0;
        progress.GivenUpGeneration = null;
    }
}
