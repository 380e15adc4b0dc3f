using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>Carries the actions of controllers out through the verbs of the API, as their own clients would.</summary>
internal sealed class OperationsCarrier(ApiOperations operations)
{
    public async ValueTask<ActionOutcome> CarryAsync(string controller, ControllerAction action, CancellationToken cancellationToken)
    {
        try
        {
            await PerformAsync(action, RequestContext.Internal(controller), cancellationToken);
            return ActionOutcome.Done;
        }
        catch (StatusException exception)
        {
            return Outcome(action, exception);
        }
    }

    private static ActionOutcome Outcome(ControllerAction action, StatusException exception) => (action, exception) switch
    {
        (ControllerAction.Create, { IsAlreadyExists: true }) => ActionOutcome.Done,
        (ControllerAction.Delete, { IsNotFound: true }) => ActionOutcome.Done,
        (_, { IsConflict: true } or { IsNotFound: true }) => ActionOutcome.Stale,
        _ => ActionOutcome.Refused,
    };

    private Task<WriteResult> PerformAsync(ControllerAction action, RequestContext request, CancellationToken cancellationToken)
    {
        var key = action.Key;
        var ns = key.Namespace.Length == 0 ? null : key.Namespace;
        switch (action)
        {
            case ControllerAction.Create create:
                return operations.CreateAsync(operations.Target(key.Resource.Group, key.Resource.Resource, ns), create.Object, request, cancellationToken);
            case ControllerAction.Replace { Subresource: var subresource } replace:
                var target = operations.Target(key.Resource.Group, key.Resource.Resource, ns, key.Name, subresource.Length == 0 ? null : subresource);
                return operations.Handler(key.Resource, target.Subresource) is { } handler
                    ? handler(target, "update", replace.Object, request, cancellationToken)
                    : operations.UpdateAsync(target, replace.Object, request, cancellationToken);
            case ControllerAction.Invoke invoke when operations.Handler(key.Resource, invoke.Subresource) is { } invoked:
                var place = operations.Target(key.Resource.Group, key.Resource.Resource, ns, key.Name, invoke.Subresource);
                return invoked(place, "create", invoke.Object, request, cancellationToken);
            case ControllerAction.Delete delete:
                var options = new DeleteOptions
                {
                    Propagation = delete.Propagation,
                    GracePeriodSeconds = delete.GracePeriodSeconds,
                    PreconditionUid = delete.Uid,
                    PreconditionResourceVersion = delete.ResourceVersion,
                };
                return operations.DeleteAsync(operations.Target(key.Resource.Group, key.Resource.Resource, ns, key.Name), options, request, cancellationToken);
            default:
                throw new InvalidOperationException($"No way to carry out {action.GetType().Name}.");
        }
    }
}
