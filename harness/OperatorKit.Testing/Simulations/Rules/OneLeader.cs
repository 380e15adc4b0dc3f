using OperatorKit.Testing.Simulations.Network;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>Only the replica that holds the lease writes. Events may still tell what has been.</summary>
internal sealed class OneLeader : IRule
{
    public string Text => "only the leader writes";

    public string? Sent(World world, Replica replica, WireRequest request)
    {
        if (!world.ElectsLeader || !request.IsWrite || request.IsLease || request.IsEvent)
            return null;
        var holder = world.LeaseHolder(replica.Shard);
        return holder == replica.Name ? null : $"{replica.Name} sends {request.Method} {request.Path}, and the lease is {(holder is { Length: > 0 } ? $"held by {holder}" : "nobody's")}";
    }
}
