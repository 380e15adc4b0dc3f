using OperatorKit.ApiServer.Controllers;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>In the end nothing waits for its deletion, and nothing belongs to an owner that is gone.</summary>
internal sealed class NothingLeftBehind : IRule
{
    public string Text => "nothing is left behind";

    public string? AtRest(World world)
    {
        var written = world.Kinds.Select(static kind => kind.Resource).Union(world.WrittenResources).ToList();
        var uids = written.SelectMany(world.Objects).Select(static stored => stored.Uid).ToHashSet(StringComparer.Ordinal);
        foreach (var resource in written)
        {
            foreach (var stored in world.Objects(resource))
            {
                if (stored.Value.IsDeleting)
                    return $"{resource} {stored.Name} was deleted and is still there, held by {string.Join(", ", stored.Value.Finalizers)}";
                if (stored.Value.ControllerReference is { } owner && !uids.Contains(owner.Uid))
                    return $"{resource} {stored.Name} is still there, and its owner {owner.Kind} {owner.Name} is gone";
            }
        }

        return null;
    }
}
