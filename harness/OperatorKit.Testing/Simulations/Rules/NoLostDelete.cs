using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;
using OperatorKit.Testing.Simulations.Specs;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>An object with the operator's finalizer does not go before its deletion was handled.</summary>
internal sealed class NoLostDelete : IRule
{
    public string Text => "no object goes before its deletion was handled";

    public string? Changed(World world, GroupResource resource, StoreEvent change)
    {
        return change.Previous is not { } before ? null : world.Kinds
            .Where(kind => kind.Resource == resource && (kind.Methods & HandlerMethods.Delete) != 0)
            .Select(kind => Lost(world, kind, before, change))
            .FirstOrDefault(static lost => lost is not null);
    }

    private static string? Lost(World world, HandledKind kind, StoredObject before, StoreEvent change)
    {
        var isReleased = before.Value.HasFinalizer(kind.Finalizer) && (change.Type == StoreEventType.Deleted || !change.Object.Value.HasFinalizer(kind.Finalizer));
        return isReleased && !world.Calls.Any(call => call.Uid == before.Uid && call.Controller == kind.Controller && call.Method == HandlerMethods.Delete && call.Succeeded)
            ? $"the finalizer {kind.Finalizer} of {kind.Resource} {before.Name} is removed, and no call of OnDeleteAsync for it has succeeded"
            : null;
    }
}
