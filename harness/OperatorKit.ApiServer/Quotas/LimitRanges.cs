using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Quotas;

/// <summary>
/// Admission by the LimitRanges of a namespace: containers get the amounts that they leave open, and pods and claims outside the
/// bounds are refused. See https://kubernetes.io/docs/concepts/policy/limit-range/.
/// </summary>
internal sealed class LimitRanges(Store store) : IAdmission
{
    private const string Annotation = "kubernetes.io/limit-ranger";

    public ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        new(IsNewPod(request) ? In(request).Aggregate(request.Object, static (pod, range) => Filled(pod!, range)) : request.Object);

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        foreach (var range in IsNewPod(request) || IsClaim(request) ? In(request) : [])
        {
            var problems = (IsNewPod(request) ? PodProblems(range, request.Object!) : ClaimProblems(range, request.Object!)).Distinct().ToArray();
            if (problems.Length > 0)
                throw request.Forbidden(problems.Length == 1 ? problems[0] : $"[{string.Join(", ", problems)}]");
        }

        return ValueTask.CompletedTask;
    }

    private static bool IsNewPod(AdmissionRequest request) =>
        request is { Operation: "CREATE", Object: not null, Target.Subresource: null } && request.Target.Type.Resource == WellKnown.Pods;

    private static bool IsClaim(AdmissionRequest request) => request is { Operation: "CREATE" or "UPDATE", Object: not null, Target.Subresource: null }
        && request.Target.Type.Resource == WellKnown.PersistentVolumeClaims && request.OldObject?.IsDeleting != true;

    private IEnumerable<JsonObject> In(AdmissionRequest request) => store.Read(WellKnown.LimitRanges).Objects.In(request.Target.Namespace).Select(static stored => stored.Value);

    private static IEnumerable<JsonObject> Limits(JsonObject range, string type) =>
        (range.ObjectAt("spec")?.Objects("limits") ?? []).Where(limit => limit.StringAt("type") == type);

    private static JsonObject Filled(JsonObject pod, JsonObject range)
    {
        var notes = new List<string>();
        foreach (var limit in Limits(range, "Container"))
        {
            pod = pod.Change("spec", spec => spec
                .ChangeEach("containers", container => Filled(container, limit, "container", notes))
                .ChangeEach("initContainers", container => Filled(container, limit, "init container", notes)));
        }

        return notes.Count == 0 ? pod : pod.WithAt(["metadata", "annotations", Annotation], $"LimitRanger plugin set: {string.Join("; ", notes)}");
    }

    private static JsonObject Filled(JsonObject container, JsonObject limit, string kind, List<string> notes)
    {
        foreach (var (list, noun, source) in ((string, string, string)[])[("requests", "request", "defaultRequest"), ("limits", "limit", "default")])
        {
            var given = container.ObjectAt("resources", list) ?? JsonObject.Empty;
            var missing = (limit.ObjectAt(source) ?? JsonObject.Empty).Where(entry => !given.ContainsKey(entry.Key)).ToArray();
            if (missing.Length == 0)
                continue;
            container = container.WithAt(["resources", list], missing.Aggregate(given, static (all, entry) => all.With(entry.Key, entry.Value)));
            notes.Add($"{string.Join(", ", missing.Select(static entry => entry.Key).Order(StringComparer.Ordinal))} {noun} for {kind} {container.StringAt("name")}");
        }

        return container;
    }

    private static IEnumerable<string> PodProblems(JsonObject range, JsonObject pod)
    {
        var spec = pod.ObjectAt("spec") ?? JsonObject.Empty;
        foreach (var limit in Limits(range, "Container"))
        {
            foreach (var container in spec.Objects("containers").Concat(spec.Objects("initContainers")))
            {
                foreach (var problem in Problems(limit, "Container", container.ObjectAt("resources", "requests") ?? JsonObject.Empty, container.ObjectAt("resources", "limits") ?? JsonObject.Empty))
                    yield return problem;
            }
        }

        foreach (var problem in Limits(range, "Pod").SelectMany(limit => Problems(limit, "Pod", PodAmounts.Of(spec, "requests"), PodAmounts.Of(spec, "limits"))))
            yield return problem;
    }

    private static IEnumerable<string> ClaimProblems(JsonObject range, JsonObject claim)
    {
        const string type = "PersistentVolumeClaim";
        var requests = claim.ObjectAt("spec", "resources", "requests") ?? JsonObject.Empty;
        return Limits(range, type).SelectMany(limit => Bounds(limit, "min").Select(bound => BelowMinimum(type, bound, requests, JsonObject.Empty))
            .Concat(Bounds(limit, "max").Select(bound => AboveMaximum(type, bound, requests)))).OfType<string>();
    }

    private static IEnumerable<string> Problems(JsonObject limit, string type, JsonObject requests, JsonObject limits) =>
        Bounds(limit, "min").Select(bound => BelowMinimum(type, bound, requests, limits))
            .Concat(Bounds(limit, "max").Select(bound => AboveMaximum(type, bound, requests, limits)))
            .Concat(Bounds(limit, "maxLimitRequestRatio").Select(bound => OutOfRatio(type, bound, requests, limits))).OfType<string>();

    private static IEnumerable<(string Name, string Amount)> Bounds(JsonObject limit, string field) =>
        (limit.ObjectAt(field) ?? JsonObject.Empty).Select(static entry => (entry.Key, ((JsonString)entry.Value).Value));

    private static string? BelowMinimum(string type, (string Name, string Amount) bound, JsonObject requests, JsonObject limits)
    {
        var (start, request, limit) = ($"minimum {bound.Name} usage per {type} is {bound.Amount}", requests.StringAt(bound.Name), limits.StringAt(bound.Name));
        if (request is null)
            return $"{start}.  No request is specified";
        if (ResourceAmounts.Compare(request, bound.Amount) < 0)
            return $"{start}, but request is {request}";
        return limit is not null && ResourceAmounts.Compare(limit, bound.Amount) < 0 ? $"{start}, but limit is {limit}" : null;
    }

    private static string? AboveMaximum(string type, (string Name, string Amount) bound, JsonObject requests, JsonObject limits)
    {
        var (start, request, limit) = ($"maximum {bound.Name} usage per {type} is {bound.Amount}", requests.StringAt(bound.Name), limits.StringAt(bound.Name));
        if (limit is null)
            return $"{start}.  No limit is specified";
        if (ResourceAmounts.Compare(limit, bound.Amount) > 0)
            return $"{start}, but limit is {limit}";
        return request is not null && ResourceAmounts.Compare(request, bound.Amount) > 0 ? $"{start}, but request is {request}" : null;
    }

    private static string? AboveMaximum(string type, (string Name, string Amount) bound, JsonObject requests)
    {
        var (start, request) = ($"maximum {bound.Name} usage per {type} is {bound.Amount}", requests.StringAt(bound.Name));
        if (request is null)
            return $"{start}.  No request is specified";
        return ResourceAmounts.Compare(request, bound.Amount) > 0 ? $"{start}, but request is {request}" : null;
    }

    private static string? OutOfRatio(string type, (string Name, string Amount) bound, JsonObject requests, JsonObject limits)
    {
        var start = $"{bound.Name} max limit to request ratio per {type} is {bound.Amount}";
        var (request, limit) = (Nanos(requests, bound.Name), Nanos(limits, bound.Name));
        if (request == 0)
            return $"{start}, but no request is specified or request is 0";
        if (limit == 0)
            return $"{start}, but no limit is specified or limit is 0";
        return limit / request > (double)ResourceAmounts.Nanos(bound.Amount) / 1e9
            ? string.Create(CultureInfo.InvariantCulture, $"{start}, but provided ratio is {limit / request:F6}")
            : null;
    }

    private static double Nanos(JsonObject amounts, string name) => amounts.StringAt(name) is { } text ? (double)ResourceAmounts.Nanos(text) : 0;
}
