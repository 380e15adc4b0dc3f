using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Quotas;

/// <summary>
/// What a pod asks for as a whole: its containers together, or its init containers where they need more.
/// See https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers.
/// </summary>
internal static class PodAmounts
{
    private static readonly string[] SetForPods = ["cpu", "memory"];

    /// <param name="spec">Of the pod.</param>
    /// <param name="list"><c>requests</c> or <c>limits</c>.</param>
    public static JsonObject Of(JsonObject spec, string list)
    {
        var sum = spec.Objects("containers").Aggregate(JsonObject.Empty, (total, container) => total.Plus(Amounts(container, list)));
        var (sidecars, highest) = (JsonObject.Empty, JsonObject.Empty);
        foreach (var container in spec.Objects("initContainers"))
        {
            var amounts = Amounts(container, list);
            if (container.StringAt("restartPolicy") == "Always")
            {
                sum = sum.Plus(amounts);
                sidecars = sidecars.Plus(amounts);
                highest = highest.AtLeast(sidecars);
            }
            else
            {
                highest = highest.AtLeast(amounts.Plus(sidecars));
            }
        }

        sum = sum.AtLeast(highest);
        return Amounts(spec, list).Where(static (name, _) => SetForPods.Contains(name)).Aggregate(sum, static (total, entry) => total.With(entry.Key, entry.Value));
    }

    private static JsonObject Amounts(JsonObject owner, string list) => owner.ObjectAt("resources", list) ?? JsonObject.Empty;
}
