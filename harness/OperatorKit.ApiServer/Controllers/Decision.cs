namespace OperatorKit.ApiServer.Controllers;

/// <summary>What a controller wants done for one object, in order, and when it wants to look again if nothing changes.</summary>
internal readonly record struct Decision(IReadOnlyList<ControllerAction> Actions, DateTimeOffset? LookAgainAt = null)
{
    public static Decision Nothing { get; } = new([]);

    public static implicit operator Decision(ControllerAction action) => new([action]);

    public static implicit operator Decision(List<ControllerAction> actions) => new(actions);

    public static Decision At(DateTimeOffset time) => new([], time);
}
