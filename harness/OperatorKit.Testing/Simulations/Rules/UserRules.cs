using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>A user's rule that holds at every moment.</summary>
internal sealed class AlwaysRule(string text, Func<SimulatedCluster, bool> holds) : IRule
{
    public string Text => text;

    public string? Changed(World world, GroupResource resource, StoreEvent change) => holds(world.Cluster) ? null : $"it does not hold after the change of {resource} {change.Object.Name}";

    public string? AtRest(World world) => holds(world.Cluster) ? null : "it does not hold at the end";
}

/// <summary>A user's rule that holds in the end.</summary>
internal sealed class FinallyRule(string text, Func<SimulatedCluster, bool> holds) : IRule
{
    public string Text => text;

    public string? AtRest(World world) => holds(world.Cluster) ? null : "it does not hold at the end";
}
