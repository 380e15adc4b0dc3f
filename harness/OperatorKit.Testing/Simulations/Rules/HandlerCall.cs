using OperatorKit.Testing.Simulations.Running;

namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>One call of a handler of the operator under test.</summary>
internal sealed class HandlerCall(Actor actor, string controller, CustomResource resource, HandlerMethods method)
{
    public Actor Actor { get; } = actor;

    public string Controller { get; } = controller;

    public string Object { get; } = resource.Metadata.NamespaceProperty is { Length: > 0 } home ? $"{home}/{resource.Metadata.Name}" : resource.Metadata.Name ?? "";

    public string Uid { get; } = resource.Metadata.Uid ?? "";

    public long Generation { get; } = resource.Metadata.Generation ?? 0;

    public HandlerMethods Method { get; } = method;

    public bool IsOver { get; private set; }

    public bool Succeeded { get; private set; }

    /// <summary>Whether it goes on: its process lives and it has not returned.</summary>
    public bool IsOn => !IsOver && Actor.IsAlive;

    public void End(Exception? exception) => (IsOver, Succeeded) = (true, exception is null);
}
