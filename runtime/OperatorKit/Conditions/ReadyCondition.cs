using OperatorKit.Models;

namespace OperatorKit.Conditions;

/// <summary>
/// Completes a status the way tools expect it (https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/1623-standardize-conditions):
/// the generation dealt with, a <c>Ready</c> condition, and transition times that move only when a condition's status does.
/// </summary>
internal static class ReadyCondition
{
    public const string Type = "Ready";

    private const int LongestMessage = 1024;

    /// <summary>The status after a run that went well.</summary>
    /// <param name="status">What the handler returned.</param>
    /// <param name="previous">What the object has.</param>
    /// <param name="generation">The generation dealt with.</param>
    /// <param name="now">The time for conditions that change.</param>
    public static ResourceStatus Succeeded(ResourceStatus status, ResourceStatus? previous, long generation, DateTimeOffset now)
    {
        var conditions = new List<V1Condition>(status.Conditions.Count + 1);
        conditions.AddRange(status.Conditions.Where(condition => !IsLeftover(condition, previous)));
        if (!conditions.Exists(condition => condition.Type == Type))
            conditions.Add(Ready(generation));
        return status with { ObservedGeneration = generation, Conditions = Complete(conditions, previous, generation, now) };
    }

    /// <summary>The status after a run that failed: everything as it was, but not ready.</summary>
    /// <param name="previous">What the object has.</param>
    /// <param name="reason">Why, in CamelCase.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="generation">The generation that was being dealt with.</param>
    /// <param name="now">The time for conditions that change.</param>
    public static ResourceStatus Failed(ResourceStatus previous, string reason, string message, long generation, DateTimeOffset now)
    {
        var conditions = previous.Conditions.Where(condition => condition.Type != Type).Append(NotReady(reason, message, generation)).ToList();
        return previous with { Conditions = Complete(conditions, previous, generation, now) };
    }

    /// <summary>The condition of an object that has been dealt with.</summary>
    public static V1Condition Ready(long generation) => new()
    {
        Type = Type,
        Status = "True",
        Reason = "Reconciled",
        Message = "The spec has been acted on.",
        ObservedGeneration = generation,
    };

    /// <summary>The condition of an object whose handler failed.</summary>
    public static V1Condition NotReady(string reason, string message, long generation) => new()
    {
        Type = Type,
        Status = "False",
        Reason = reason,
        Message = message.Length <= LongestMessage ? message : message[..LongestMessage],
        ObservedGeneration = generation,
    };

    // A handler that starts from the object's own status hands back the Ready condition that was there; only one that it made itself counts.
    private static bool IsLeftover(V1Condition condition, ResourceStatus? previous) =>
        condition.Type == Type && previous is not null && previous.Conditions.Any(old => ReferenceEquals(old, condition));

    private static List<V1Condition> Complete(List<V1Condition> conditions, ResourceStatus? previous, long generation, DateTimeOffset now)
    {
        // The API keeps whole seconds; anything finer would look like a change forever.
        var time = new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
        return conditions.ConvertAll(condition =>
        {
            var before = previous?.Conditions.FirstOrDefault(old => old.Type == condition.Type);
            return condition with
            {
                ObservedGeneration = condition.ObservedGeneration ?? generation,
                Message = condition.Message ?? "",
                LastTransitionTime = before?.Status == condition.Status && before?.LastTransitionTime is { } since
                    ? since
                    : condition.LastTransitionTime ?? time,
            };
        });
    }
}
