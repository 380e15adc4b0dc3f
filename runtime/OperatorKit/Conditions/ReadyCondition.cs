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
    /// <param name="type">The type of the condition.</param>
    public static ResourceStatus Succeeded(ResourceStatus status, ResourceStatus? previous, long generation, DateTimeOffset now, string type = Type)
    {
        var conditions = new List<V1Condition>(status.Conditions.Count + 1);
        conditions.AddRange(status.Conditions.Where(condition => condition.Type != type || !IsLeftover(condition, previous)));
        if (!conditions.Exists(condition => condition.Type == type))
            conditions.Add(Ready(generation, type));
        return status with { ObservedGeneration = generation, Conditions = Complete(conditions, previous, generation, now) };
    }

    /// <summary>The status after a run that failed: everything as it was, but not ready.</summary>
    /// <param name="status">What the object has, or what a part of the run that did not fail has returned.</param>
    /// <param name="previous">What the object has.</param>
    /// <param name="reason">Why, in CamelCase.</param>
    /// <param name="message">Why, for people.</param>
    /// <param name="generation">The generation that was being dealt with.</param>
    /// <param name="now">The time for conditions that change.</param>
    /// <param name="type">The type of the condition.</param>
    public static ResourceStatus Failed(
        ResourceStatus status, ResourceStatus? previous, string reason, string message, long generation, DateTimeOffset now, string type = Type)
    {
        var conditions = status.Conditions.Where(condition => condition.Type != type).Append(NotReady(reason, message, generation, type)).ToList();
        return status with { ObservedGeneration = previous?.ObservedGeneration, Conditions = Complete(conditions, previous, generation, now) };
    }

    /// <summary>The status that a method returned which says nothing about the object as a whole: generation and condition stay as they are.</summary>
    /// <param name="status">What it returned.</param>
    /// <param name="previous">What the object has.</param>
    /// <param name="generation">The generation that it went by.</param>
    /// <param name="now">The time for conditions that change.</param>
    /// <param name="type">The type of the condition.</param>
    public static ResourceStatus Reported(ResourceStatus status, ResourceStatus? previous, long generation, DateTimeOffset now, string type = Type)
    {
        var conditions = status.Conditions.ToList();
        if (!conditions.Exists(condition => condition.Type == type) && previous?.Conditions.FirstOrDefault(condition => condition.Type == type) is { } known)
            conditions.Add(known);
        return status with { ObservedGeneration = previous?.ObservedGeneration, Conditions = Complete(conditions, previous, generation, now) };
    }

    /// <summary>The condition of an object that has been dealt with.</summary>
    public static V1Condition Ready(long generation, string type = Type) => new()
    {
        Type = type,
        Status = "True",
        Reason = "Reconciled",
        Message = "The spec has been acted on.",
        ObservedGeneration = generation,
    };

    /// <summary>The condition of an object whose handler failed.</summary>
    public static V1Condition NotReady(string reason, string message, long generation, string type = Type) => new()
    {
        Type = type,
        Status = "False",
        Reason = reason,
        Message = message.Length <= LongestMessage ? message : message[..LongestMessage],
        ObservedGeneration = generation,
    };

    /// <summary>A time as the API keeps it: anything finer than a second would look like a change for ever.</summary>
    public static DateTime WholeSeconds(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    // A handler that starts from the object's own status hands back the condition that was there; only one that it made itself counts.
    private static bool IsLeftover(V1Condition condition, ResourceStatus? previous) =>
        previous is not null && previous.Conditions.Any(old => ReferenceEquals(old, condition));

    private static List<V1Condition> Complete(List<V1Condition> conditions, ResourceStatus? previous, long generation, DateTimeOffset now)
    {
        var time = WholeSeconds(now);
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
