using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Scheduling;

/// <summary>
/// Gives each new pod the priority of its class, or of the default class, and keeps the default the only one.
/// See https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/.
/// </summary>
internal sealed class PodPriority(Store store) : IAdmission
{
    private const string Preempts = "PreemptLowerPriority";

    private static readonly string[] SystemClasses = ["system-cluster-critical", "system-node-critical"];

    public ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Object is not { } pod || request.Target.Subresource is not null || request.Target.Type.Resource != WellKnown.Pods)
            return new(request.Object);
        return new(request.OldObject is { } old ? pod.Change("spec", spec => Kept(spec, old)) : pod.Change("spec", spec => Prioritized(spec, request)));
    }

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Target.Type.Resource != WellKnown.PriorityClasses)
            return ValueTask.CompletedTask;
        if (request.Operation == "DELETE" && SystemClasses.Contains(request.Target.Name))
            throw request.Forbidden("this is a system priority class and cannot be deleted");
        if (request is { Operation: "CREATE" or "UPDATE", Object: { } priority } && priority.BoolAt("globalDefault") == true && Default() is { } other && (request.Operation == "CREATE" || other.Name != priority.Name))
            throw request.Forbidden($"PriorityClass {other.Name} is already marked as default. Only one default can exist");
        return ValueTask.CompletedTask;
    }

    private static JsonObject Kept(JsonObject spec, JsonObject old)
    {
        foreach (var field in (string[])["priority", "preemptionPolicy"])
        {
            if (!spec.ContainsKey(field) && old.At("spec", field) is { } value)
                spec = spec.With(field, value);
        }

        return spec;
    }

    private JsonObject Prioritized(JsonObject spec, AdmissionRequest request)
    {
        var name = spec.StringAt("priorityClassName") ?? "";
        var priority = name.Length == 0 ? Default()
            : store.Find(WellKnown.PriorityClasses, null, name)?.Value ?? throw request.Forbidden($"no PriorityClass with name {name} was found");
        var (value, preemption) = (priority?.LongAt("value") ?? 0, priority is null ? Preempts : priority.StringAt("preemptionPolicy") ?? Preempts);
        if (spec.LongAt("priority") is { } given && given != value)
            throw request.Forbidden(string.Create(CultureInfo.InvariantCulture, $"the integer value of priority ({given}) must not be provided in pod spec; priority admission controller computed {value} from the given PriorityClass name"));
        if (spec.StringAt("preemptionPolicy") is { } policy && policy != preemption)
            throw request.Forbidden($"the string value of PreemptionPolicy ({policy}) must not be provided in pod spec; priority admission controller computed {preemption} from the given PriorityClass name");
        if (priority is not null)
            spec = spec.With("priorityClassName", priority.Name);
        return spec.With("priority", value).With("preemptionPolicy", preemption);
    }

    /// <summary>Should there be two default classes after all, the lower one counts.</summary>
    private JsonObject? Default() => store.Read(WellKnown.PriorityClasses).Objects.In(null).Select(static stored => stored.Value)
        .Where(static priority => priority.BoolAt("globalDefault") == true).MinBy(static priority => priority.LongAt("value") ?? 0);
}
