namespace OperatorKit.Testing.Simulations.Rules;

/// <summary>No object is handled twice at the same time by one controller, by whichever replicas.</summary>
internal sealed class OneRunAKey : IRule
{
    public string Text => "one object is never handled twice at the same time";

    public string? Called(World world, HandlerCall call) =>
        world.Calls.FirstOrDefault(other => other != call && other.IsOn && other.Controller == call.Controller && other.Object == call.Object) is { } other
            ? $"{call.Actor.Name} calls {call.Controller} {call.Method} for {call.Object} while {other.Method} for it goes on in {other.Actor.Name}"
            : null;
}
