using OperatorKit.ApiServer.Registry;
using OperatorKit.ApiServer.Storage;
using OperatorKit.Testing.Simulations.Network;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>Something that must be true of every run. Each method returns what is wrong, or null..</summary>
internal interface IRule
{
    /// <summary>The rule as a sentence.</summary>
    string Text { get; }

    /// <summary>A write was committed.</summary>
    string? Changed(World world, GroupResource resource, StoreEvent change) => null;

    /// <summary>A handler is called.</summary>
    string? Called(World world, HandlerCall call) => null;

    /// <summary>A replica sends a request.</summary>
    string? Sent(World world, Replica replica, WireRequest request) => null;

    /// <summary>All faults are over and the operator has come to rest.</summary>
    string? AtRest(World world) => null;
}
