using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>An object with the operator's finalizer does not go before its deletion was handled.</summary>
internal sealed class NoLostDelete : IRule
{
    public string Text => "no object goes before its deletion was handled";

    public string? Changed(World world, GroupResource resource, StoreEvent change)
    {
        if (change.Previous is not { } before || world.KindOf(resource) is not { } kind || (kind.Methods & HandlerMethods.Delete) == 0)
            return null;
        var isReleased = before.Value.HasFinalizer(kind.Finalizer) && (change.Type == StoreEventType.Deleted || !change.Object.Value.HasFinalizer(kind.Finalizer));
        return isReleased && !world.Calls.Any(call => call.Uid == before.Uid && call.Controller == kind.Controller && call.Method == HandlerMethods.Delete && call.Succeeded)
            ? $"the finalizer of {resource} {before.Name} is removed, and no call of OnDeleteAsync for it has succeeded"
            : null;
    }
}
