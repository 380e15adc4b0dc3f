using OperatorKit.ApiServer.CustomResources;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Controllers;

/// <summary>Carries the actions of controllers out through the verbs of the API, as their own clients would.</summary>
internal sealed class OperationsCarrier(ApiOperations operations)
{
    private readonly DefinitionPublisher _publisher = new(operations);

    public async ValueTask<ActionOutcome> CarryAsync(string program, ControllerAction action, CancellationToken cancellationToken)
    {
        try
        {
            await PerformAsync(action, RequestContext.Internal(program), cancellationToken);
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

    private Task PerformAsync(ControllerAction action, RequestContext request, CancellationToken cancellationToken)
    {
        switch (action)
        {
            case ControllerAction.Create create:
                return operations.CreateAsync(Target(action.Key) with { Name = null }, create.Object, request, cancellationToken);
            case ControllerAction.Replace replace:
                return operations.UpdateAsync(Target(action.Key, replace.Subresource), replace.Object, request, cancellationToken);
            case ControllerAction.Invoke invoke:
                return operations.CreateAsync(Target(action.Key, invoke.Subresource), invoke.Object, request, cancellationToken);
            case ControllerAction.Delete delete:
                var options = new DeleteOptions
                {
                    Propagation = delete.Propagation,
                    GracePeriodSeconds = delete.GracePeriodSeconds,
                    PreconditionUid = delete.Uid,
                    PreconditionResourceVersion = delete.ResourceVersion,
                };
                return operations.DeleteAsync(Target(action.Key), options, request, cancellationToken);
            case ControllerAction.Serve serve:
                _publisher.Publish(serve.Definition);
                return Task.CompletedTask;
            case ControllerAction.Withdraw:
                _publisher.Withdraw(action.Key.Name);
                return Task.CompletedTask;
            default:
                throw new InvalidOperationException($"No way to carry out {action.GetType().Name}.");
        }
    }

    private ResourceTarget Target(ObjectKey key, string subresource = "") => operations.Target(
        key.Resource.Group,
        key.Resource.Resource,
        key.Namespace.Length == 0 ? null : key.Namespace,
        key.Name,
        subresource.Length == 0 ? null : subresource);
}
