using System.Numerics;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>
/// The quality of service class of a pod.
/// See https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/.
/// </summary>
internal static class QualityOfService
{
    private static readonly string[] Counted = ["cpu", "memory"];

    public static string Of(JsonObject spec)
    {
        var resources = spec.Objects("containers").Concat(spec.Objects("initContainers")).Select(static container => container.ObjectAt("resources") ?? JsonObject.Empty).ToArray();
        if (resources.All(static resource => Counted.All(name => Amount(resource, "requests", name) is null && Amount(resource, "limits", name) is null)))
            return "BestEffort";
        var isGuaranteed = resources.All(static resource => Counted.All(name =>
            Amount(resource, "limits", name) is { } limit && (Amount(resource, "requests", name) ?? limit) == limit));
        return isGuaranteed ? "Guaranteed" : "Burstable";
    }

    private static BigInteger? Amount(JsonObject resources, string list, string name) =>
        resources.StringAt(list, name) is { } text && QuantityText.Nanos(text) is { IsZero: false } amount ? amount : null;
}
