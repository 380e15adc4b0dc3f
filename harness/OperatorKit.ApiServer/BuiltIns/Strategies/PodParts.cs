using System.Collections.Immutable;
using OperatorKit.ApiServer.BuiltIns.Validation;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>The subresources through which a part of a pod is written: its ephemeral containers, and its resources.</summary>
internal static class PodParts
{
    private const string OnlyComputeResources = "only cpu and memory resources are mutable";
    private static readonly string[] Amounts = ["requests", "limits"];
    private static readonly string[] Lists = ["containers", "initContainers"];

    public static ImmutableDictionary<string, PartialWrite> All { get; } = ImmutableDictionary<string, PartialWrite>.Empty
        .Add("ephemeralcontainers", new PartialWrite(static (changed, live) => WithSpec(live, Taking(Spec(live), Spec(changed), "ephemeralContainers")), Judged(EphemeralErrors)))
        .Add("resize", new PartialWrite(static (changed, live) => WithSpec(live, Resized(Spec(changed), Spec(live))), Judged(ResizeErrors)));

    private static Func<JsonObject, JsonObject, IEnumerable<FieldError>> Judged(Func<JsonObject, JsonObject, IEnumerable<FieldError>> change) =>
        (pod, live) => PodValidation.Content(pod).Concat(change(pod, live));

    private static JsonObject Spec(JsonObject pod) => pod.ObjectAt("spec") ?? JsonObject.Empty;

    private static JsonObject WithSpec(JsonObject pod, JsonObject spec) => pod.With("spec", spec);

    private static JsonObject Taking(JsonObject into, JsonObject from, string field) => from[field] is { } value ? into.With(field, value) : into.Without(field);

    private static IEnumerable<FieldError> EphemeralErrors(JsonObject pod, JsonObject live)
    {
        var now = Spec(pod).Objects("ephemeralContainers").ToLookup(static container => container.StringAt("name"));
        foreach (var before in Spec(live).Objects("ephemeralContainers"))
        {
            var name = before.StringAt("name");
            if (!now.Contains(name))
                yield return FieldError.Forbidden("spec.ephemeralContainers", $"existing ephemeral containers \"{name}\" may not be removed\n");
            else if (!now[name].Last().Equals(before))
                yield return FieldError.Forbidden("spec.ephemeralContainers", $"existing ephemeral containers \"{name}\" may not be changed");
        }
    }

    /// <summary>The spec with the resources of another. Other containers than before are left for the validation to find.</summary>
    private static JsonObject Resized(JsonObject changed, JsonObject live)
    {
        if (Lists.Any(list => changed.Objects(list).Count() != live.Objects(list).Count()))
            return changed;
        return Lists.Aggregate(Taking(live, changed, "resources"), (spec, list) =>
        {
            var (given, stored) = (changed.Objects(list).ToArray(), live.Objects(list).ToArray());
            if (given.Length == 0)
                return spec;
            var sameOrder = given.Select(static container => container.StringAt("name")).SequenceEqual(stored.Select(static container => container.StringAt("name")));
            return spec.With(list, JsonArray.Of(sameOrder
                ? stored.Zip(given, static (container, wanted) => Taking(Taking(container, wanted, "resources"), wanted, "resizePolicy"))
                : given));
        });
    }

    private static IEnumerable<FieldError> ResizeErrors(JsonObject pod, JsonObject live)
    {
        var (spec, before) = (Spec(pod), Spec(live));
        if (QualityOfService.Of(spec) != QualityOfService.Of(before))
            yield return FieldError.Invalid("spec", pod.StringAt("status", "qosClass") ?? "", "Pod QOS Class may not change as a result of resizing");
        var podLevel = PodLevelErrors(spec, before).ToArray();
        foreach (var error in podLevel)
            yield return error;
        var order = Lists.SelectMany(list => OrderErrors(list, [.. spec.Objects(list)], [.. before.Objects(list)])).ToArray();
        foreach (var error in order)
            yield return error;
        if (order.Length > 0)
            yield break;
        var found = podLevel.Length > 0;
        foreach (var error in Lists.Reverse().SelectMany(list => RemovalErrors(list, spec, before)).Concat(Lists.SelectMany(list => OtherChanges(list, spec, before))))
        {
            found = true;
            yield return error;
        }

        if (!found && !WithoutCompute(spec).Equals(WithoutCompute(before)))
            yield return FieldError.Forbidden("spec", OnlyComputeResources);
    }

    private static IEnumerable<FieldError> PodLevelErrors(JsonObject spec, JsonObject before)
    {
        if (before.ObjectAt("resources") is not { } was)
            yield break;
        if (spec.ObjectAt("resources") is not { } now)
        {
            yield return FieldError.Forbidden("spec.resources", "pod-level resources cannot be removed");
            yield break;
        }

        foreach (var part in Amounts)
        {
            if (Removes(now, was, part))
                yield return FieldError.Forbidden($"spec.resources.{part}", $"pod-level resource {part} cannot be removed");
        }
    }

    private static IEnumerable<FieldError> OrderErrors(string list, JsonObject[] containers, JsonObject[] before)
    {
        if (containers.Length != before.Length)
            return [FieldError.Forbidden($"spec.{list}", $"{list} may not be added or removed on resize")];
        return Enumerable.Range(0, containers.Length)
            .Where(i => containers[i].StringAt("name") != before[i].StringAt("name"))
            .Select(i => FieldError.Forbidden($"{Checks.At($"spec.{list}", i)}.name", $"{list} may not be renamed or reordered on resize"));
    }

    private static IEnumerable<FieldError> RemovalErrors(string list, JsonObject spec, JsonObject before) => spec.Objects(list).Zip(before.Objects(list)).SelectMany((pair, i) =>
        Amounts
            .Where(part => Removes(Resources(pair.First), Resources(pair.Second), part))
            .Select(part => FieldError.Forbidden($"{Checks.At($"spec.{list}", i)}.resources.{part}", $"resource {part} cannot be removed")));

    private static IEnumerable<FieldError> OtherChanges(string list, JsonObject spec, JsonObject before) => spec.Objects(list).Zip(before.Objects(list))
        .Select(static (pair, i) => (pair.First, pair.Second, Index: i))
        .Where(static pair => !ContainerWithoutCompute(pair.First).Equals(ContainerWithoutCompute(pair.Second)))
        .Select(pair => list == "containers"
            ? FieldError.Forbidden("spec", OnlyComputeResources)
            : FieldError.Forbidden(Checks.At("spec.initContainers", pair.Index), "only cpu and memory resources for init or sidecar containers are mutable"));

    private static JsonObject Resources(JsonObject owner) => owner.ObjectAt("resources") ?? JsonObject.Empty;

    private static bool Removes(JsonObject resources, JsonObject before, string part) =>
        (before.ObjectAt(part) ?? JsonObject.Empty).Keys.Except((resources.ObjectAt(part) ?? JsonObject.Empty).Keys).Any();

    private static JsonObject WithoutCompute(JsonObject spec) => Lists.Aggregate(
        spec.ObjectAt("resources") is { } own ? spec.With("resources", ResourcesWithoutCompute(own)) : spec,
        static (rest, list) => rest.ChangeEach(list, ContainerWithoutCompute));

    private static JsonObject ContainerWithoutCompute(JsonObject container) => container.With("resources", ResourcesWithoutCompute(Resources(container)));

    private static JsonObject ResourcesWithoutCompute(JsonObject resources) => Amounts.Aggregate(resources, static (rest, part) =>
        rest.ObjectAt(part)?.Without("cpu").Without("memory") is { Count: > 0 } others ? rest.With(part, others) : rest.Without(part));
}
