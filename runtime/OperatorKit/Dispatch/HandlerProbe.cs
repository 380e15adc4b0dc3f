namespace OperatorKit.Dispatch;

/// <summary>Told of each call of a handler; what it returns is told of the call's end, with the exception if there was one.</summary>
internal delegate Action<Exception?> HandlerProbe(string controller, CustomResource resource, HandlerMethods method);

/// <summary>A handler with somebody watching: simulations check by it who handled what, and when.</summary>
internal sealed class ProbedHandler<TResource>(string controller, IResourceHandler<TResource> handler, HandlerProbe probe) : IResourceHandler<TResource>
    where TResource : CustomResource, ICustomResource<TResource>
{
    /// <summary>The handler itself.</summary>
    public IResourceHandler<TResource> Handler => handler;

    public async Task<ResourceStatus?> ReconcileAsync(ReconcileScope<TResource> scope, CancellationToken cancellationToken)
    {
        var ended = probe(controller, scope.Resource, scope.Method);
        try
        {
            var status = await handler.ReconcileAsync(scope, cancellationToken).ConfigureAwait(false);
            ended(null);
            return status;
        }
        catch (Exception exception)
        {
            ended(exception);
            throw;
        }
    }

    public async Task DeleteAsync(ReconcileScope<TResource> scope, CancellationToken cancellationToken)
    {
        var ended = probe(controller, scope.Resource, scope.Method);
        try
        {
            await handler.DeleteAsync(scope, cancellationToken).ConfigureAwait(false);
            ended(null);
        }
        catch (Exception exception)
        {
            ended(exception);
            throw;
        }
    }
}
