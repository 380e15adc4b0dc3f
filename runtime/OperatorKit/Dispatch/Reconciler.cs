using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OperatorKit.Caching;
using OperatorKit.Client;
using OperatorKit.Conditions;
using OperatorKit.Models;
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
    private readonly HandlerCalls<TResource> _calls;
    private readonly HookSet<TResource> _hooks;
    private readonly Timers<TResource> _timers;
    private readonly Daemons<TResource> _daemons;
    private readonly ILogger _logger;
    private readonly StatusWriter<TResource> _status;
    private readonly ConflictRetry<TResource> _retry;
    private readonly ControllerMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly string _finalizer;
    private readonly ConcurrentDictionary<ObjectKey, ObjectProgress<TResource>> _progress = new();

    public Reconciler(ControllerRegistration<TResource> registration, ReconcilerParts<TResource> parts)
    {
        _registration = registration;
        _handler = parts.Handler;
        _cache = parts.Cache;
        _calls = parts.Calls;
        _hooks = parts.Hooks;
        _timers = parts.Timers;
        _daemons = parts.Daemons;
        _services = parts.Calls.Services;
        _logger = _services.Logger;
        _metrics = parts.Metrics;
        _time = parts.Time;
        _status = parts.Status;
        _retry = parts.Retry;
        _finalizer = registration.Finalizer;
    }

    /// <summary>Forgets what this process did before: another replica may have led in between.</summary>
    public void StartAfresh() => _progress.Clear();

    /// <summary>Deals with an object once.</summary>
    /// <param name="key">The object.</param>
    /// <param name="failures">How many runs for it have failed in a row before.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public async Task<NextRun> RunAsync(ObjectKey key, int failures, CancellationToken cancellationToken)
    {
        if (!_cache.TryGet(key, out var resource))
        {
            Forget(key);
            return NextRun.OnChange;
        }

        var progress = ProgressOf(key, resource);
        progress.Failures = failures;
        var cause = CauseFor(resource, progress);
        try
        {
            _timers.Plan(key, resource);
            _daemons.Plan(key, resource);
            if (!IsWanted(resource, progress, cause))
                return NextRun.OnChange;
        }
        catch (Exception exception)
        {
            // A filter is the user's code.
            return await FailAsync(resource, progress, cause, exception, cancellationToken).ConfigureAwait(false);
        }

        var started = _time.GetTimestamp();
        var runId = _calls.NextId();
        using var activity = RunActivity.Start(_registration.Name, TResource.Definition.Kind, key, cause, runId);
        using var scope = _calls.BeginScope(key, runId);
        NextRun next;
        try
        {
            next = cause == Cause.Delete
                ? await DeleteAsync(key, resource, progress, runId, cancellationToken).ConfigureAwait(false)
                : await ReconcileAsync(key, resource, progress, cause, runId, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            next = await FailAsync(resource, progress, cause, exception, cancellationToken).ConfigureAwait(false);
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

    private void Forget(ObjectKey key)
    {
        _progress.TryRemove(key, out _);
        _timers.Forget(key);
        _daemons.Forget(key);
    }

    /// <summary>Whether there is anything to do for an object. What carries our finalizer is cleaned up even where it no longer matches the filter.</summary>
    private bool IsWanted(TResource resource, ObjectProgress<TResource> progress, Cause cause) => cause switch
    {
        Cause.None => false,
        Cause.Delete => true,
        // Timers and daemons have runs of their own.
        _ when _registration.Methods == HandlerMethods.None && _hooks.Fields.Length == 0 => false,
        _ => progress.GivenUpGeneration != resource.Metadata.Generation && _hooks.Serves(progress.Handled, resource),
    };

    private ObjectProgress<TResource> ProgressOf(ObjectKey key, TResource resource)
    {
        var uid = resource.Metadata.Uid ?? "";
        if (!_progress.TryGetValue(key, out var progress) || progress.Uid != uid)
            _progress[key] = progress = new ObjectProgress<TResource>(uid, _hooks.Fields.Length);
        return progress;
    }

    private Cause CauseFor(TResource resource, ObjectProgress<TResource> progress)
    {
        var metadata = resource.Metadata;
        var observed = _status.ObservedGeneration(resource, progress.HandledGeneration);
        return Causes.Classify(
            metadata.DeletionTimestamp is not null, Finalizers.Has(metadata, _finalizer), metadata.Generation ?? 0, observed, progress.IsSeen);
    }

    private async Task<NextRun> ReconcileAsync(
        ObjectKey key, TResource resource, ObjectProgress<TResource> progress, Cause cause, string runId, CancellationToken cancellationToken)
    {
        var overridden = _hooks.Methods(_registration.Methods, progress.Handled, resource);
        if ((overridden & HandlerMethods.Delete) != 0 && !Finalizers.Has(resource.Metadata, _finalizer))
        {
            if (await PatchFinalizerAsync(resource, Finalizers.Add, cancellationToken).ConfigureAwait(false) is not { } secured)
                return LetGo(resource);
            resource = secured;
        }

        var outcome = new RunOutcome();
        // After a run in which only a field handler failed, the rest has been done for this generation.
        var methodCause = (cause, progress.MethodGeneration) switch
        {
            (Cause.Create or Cause.Update, { } done) when done == resource.Metadata.Generation => Cause.Reconcile,
            (Cause.Create, not null) => Cause.Update,
            _ => cause,
        };
        var method = Causes.Choose(methodCause, overridden);
        if (method != HandlerMethods.None)
        {
            var previous = methodCause is Cause.Reconcile or Cause.Resume ? resource : progress.Handled;
            var (returned, requeue) = await _calls.CallAsync(
                resource, previous, method, progress.Children, runId, _handler.ReconcileAsync, cancellationToken).ConfigureAwait(false);
            outcome = new RunOutcome(returned, requeue);
        }

        outcome = await RunFieldsAsync(resource, progress, cause, outcome, runId, cancellationToken).ConfigureAwait(false);
        if (outcome.Failure is { } failure)
            return await FailAsync(resource, progress, outcome, failure, cancellationToken).ConfigureAwait(false);

        // Without OnUpdate nobody asks which generation was seen; with it, a create that nothing handles has to be noted.
        if ((method != HandlerMethods.None || _hooks.Fields.Length > 0 || (overridden & HandlerMethods.Update) != 0)
            && !await _status.SucceededAsync(resource, outcome.Status, progress.Children, cancellationToken).ConfigureAwait(false))
            return LetGo(resource);

        Remember(key, resource, progress);
        return outcome.Requeue is { } delay ? NextRun.After(delay) : NextRun.OnChange;
    }

    private async Task<NextRun> DeleteAsync(
        ObjectKey key, TResource resource, ObjectProgress<TResource> progress, string runId, CancellationToken cancellationToken)
    {
        await _daemons.StopAsync(key).ConfigureAwait(false);
        // A finalizer left by an earlier build that did override OnDeleteAsync must not keep the object for ever.
        if ((_registration.Methods & HandlerMethods.Delete) != 0)
        {
            await _calls.CallAsync(resource, progress.Handled, HandlerMethods.Delete, progress.Children, runId, DeleteWithHandlerAsync, cancellationToken)
                .ConfigureAwait(false);
        }

        var answer = await PatchFinalizerAsync(resource, Finalizers.Remove, cancellationToken).ConfigureAwait(false);
        // With the last finalizer goes the object.
        return answer is null or { Metadata.Finalizers: null or { Count: 0 } } ? LetGo(resource) : NextRun.OnChange;
    }

    /// <summary>Takes an object that the server no longer has out of the cache: what happens to its children must bring back no run before the watch says so.</summary>
    private NextRun LetGo(TResource resource)
    {
        var key = ObjectKey.Of(resource);
        _cache.OverlayDeletion(key, resource.Metadata.Uid!, _registration.Name);
        Forget(key);
        return NextRun.OnChange;
    }

    private async Task<ResourceStatus?> DeleteWithHandlerAsync(ReconcileScope<TResource> scope, CancellationToken cancellationToken)
    {
        await _handler.DeleteAsync(scope, cancellationToken).ConfigureAwait(false);
        return null;
    }

    /// <returns>The object with the change; null where it is gone.</returns>
    private Task<TResource?> PatchFinalizerAsync(TResource resource, Func<V1ObjectMeta, string, Patch?> change, CancellationToken cancellationToken)
    {
        var options = new WriteOptions { FieldManager = _registration.Name };
        return _retry.WriteAsync(
            resource,
            async (version, token) =>
            {
                if (change(version.Metadata, _finalizer) is not { } patch)
                    return null;
                try
                {
                    return await _services.Client.Resource<TResource>(version.Metadata.NamespaceProperty)
                        .PatchAsync(version.Metadata.Name!, patch, options, token).ConfigureAwait(false);
                }
                catch (InvalidResourceException exception)
                {
                    // A test in the patch failed: the object has changed since.
                    throw new ConflictException(exception.Message, exception.Status);
                }
            },
            carriesVersion: false,
            cancellationToken);
    }

    private void Remember(ObjectKey key, TResource resource, ObjectProgress<TResource> progress)
    {
        // The cached instance has the same spec; remembering it instead keeps one copy of the object alive, not two.
        var same = _cache.TryGet(key, out var cached)
            && cached.Metadata.Uid == resource.Metadata.Uid && cached.Metadata.Generation == resource.Metadata.Generation;
        progress.Handled = same ? cached : resource;
        progress.HandledGeneration = resource.Metadata.Generation ?? 0;
        progress.IsSeen = true;
        Array.ForEach(progress.Fields, static field => field.Commit());
        progress.GivenUpGeneration = null;
        progress.MethodGeneration = null;
    }
}
