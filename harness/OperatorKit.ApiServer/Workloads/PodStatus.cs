using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>The status that a kubelet would write for a pod at some point of its life.</summary>
internal static class PodStatus
{
    private const string NodeAddress = "10.0.0.1";

    public static JsonObject Creating(JsonObject pod, DateTimeOffset started, DateTimeOffset now) =>
        Status(pod, "Pending", ready: false, "ContainersNotReady", started, now, static (container, _) => Waiting(container, "ContainerCreating", restarts: 0));

    public static JsonObject Settled(JsonObject pod, PodOutcome outcome, DateTimeOffset started, DateTimeOffset now) => outcome switch
    {
        PodOutcome.Works => Status(pod, "Running", ready: true, "", started, now, static (container, at) => Running(container, at, ready: true)),
        PodOutcome.NeverReady => Status(pod, "Running", ready: false, "ContainersNotReady", started, now, static (container, at) => Running(container, at, ready: false)),
        PodOutcome.ImageMissing => Status(pod, "Pending", ready: false, "ContainersNotReady", started, now, static (container, _) => Waiting(container, "ImagePullBackOff", restarts: 0)),
        _ => Status(pod, "Running", ready: false, "ContainersNotReady", started, now, static (container, _) => Waiting(container, "CrashLoopBackOff", restarts: 1)),
    };

    public static JsonObject Finished(JsonObject pod, bool succeeded, DateTimeOffset started, DateTimeOffset now) => Status(
        pod,
        succeeded ? "Succeeded" : "Failed",
        ready: false,
        succeeded ? "PodCompleted" : "PodFailed",
        started,
        now,
        (container, at) => Terminated(container, succeeded ? 0 : 1, at, now));

    private static JsonObject Status(
        JsonObject pod, string phase, bool ready, string reason, DateTimeOffset started, DateTimeOffset now, Func<JsonObject, DateTimeOffset, JsonObject> container)
    {
        var old = pod.ObjectAt("status") ?? JsonObject.Empty;
        var address = old.StringAt("podIP") ?? AddressOf(pod);
        var status = old
            .With("phase", phase)
            .With("hostIP", NodeAddress)
            .With("hostIPs", JsonArray.Of(JsonObject.Of(("ip", NodeAddress))))
            .With("podIP", address)
            .With("podIPs", JsonArray.Of(JsonObject.Of(("ip", address))))
            .With("startTime", KubernetesTime.Format(started))
            .With("conditions", Conditions.Set(pod, now, PodConditions(pod, ready, reason)))
            .With("containerStatuses", Containers(pod, "containers", item => container(item, started)));
        return pod.ArrayAt("spec", "initContainers") is { Count: > 0 }
            ? status.With("initContainerStatuses", Containers(pod, "initContainers", item => Terminated(item, 0, started, started)))
            : status;
    }

    private static Condition[] PodConditions(JsonObject pod, bool containersReady, string reason)
    {
        var names = string.Join(" ", Specs(pod, "containers").Select(static container => container.StringAt("name")));
        var message = containersReady || reason == "PodCompleted" ? "" : $"containers with unready status: [{names}]";
        var gate = (pod.ArrayAt("spec", "readinessGates") ?? JsonArray.Empty).Items.OfType<JsonObject>()
            .Select(static item => item.StringAt("conditionType") ?? "").FirstOrDefault(type => !Conditions.IsTrue(pod, type));
        return
        [
            new("PodReadyToStartContainers", true, "", ""),
            new("Initialized", true, "", ""),
            containersReady && gate is not null
                ? new("Ready", false, "ReadinessGatesNotReady", $"the status of pod readiness gate \"{gate}\" is not \"True\"")
                : new("Ready", containersReady, reason, message),
            new("ContainersReady", containersReady, reason, message),
            new("PodScheduled", true, "", ""),
        ];
    }

    private static JsonArray Containers(JsonObject pod, string field, Func<JsonObject, JsonObject> describe) => JsonArray.Of(Specs(pod, field).Select(describe));

    private static IEnumerable<JsonObject> Specs(JsonObject pod, string field) => (pod.ArrayAt("spec", field) ?? JsonArray.Empty).Items.OfType<JsonObject>();

    private static JsonObject Running(JsonObject container, DateTimeOffset since, bool ready) => Container(container, ready, true, 0, JsonObject.Of(
        ("running", JsonObject.Of(("startedAt", KubernetesTime.Format(since))))), JsonObject.Empty);

    private static JsonObject Waiting(JsonObject container, string reason, long restarts)
    {
        var last = restarts == 0 ? JsonObject.Empty : JsonObject.Of(("terminated", JsonObject.Of(("exitCode", 1), ("reason", "Error"))));
        return Container(container, false, false, restarts, JsonObject.Of(("waiting", JsonObject.Of(("reason", reason)))), last);
    }

    private static JsonObject Terminated(JsonObject container, long exitCode, DateTimeOffset from, DateTimeOffset to) => Container(container, exitCode == 0, false, 0, JsonObject.Of(
        ("terminated", JsonObject.Of(
            ("exitCode", exitCode),
            ("reason", exitCode == 0 ? "Completed" : "Error"),
            ("startedAt", KubernetesTime.Format(from)),
            ("finishedAt", KubernetesTime.Format(to))))), JsonObject.Empty);

    private static JsonObject Container(JsonObject container, bool ready, bool started, long restarts, JsonObject state, JsonObject lastState) => JsonObject.Of(
        ("name", container["name"] ?? ""),
        ("image", container["image"] ?? ""),
        ("imageID", ""),
        ("ready", ready),
        ("started", started),
        ("restartCount", restarts),
        ("state", state),
        ("lastState", lastState));

    /// <summary>No two objects are ever written at one revision, so the revision makes an address that no other pod has.</summary>
    private static string AddressOf(JsonObject pod)
    {
        var revision = long.TryParse(pod.ResourceVersion, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return string.Create(CultureInfo.InvariantCulture, $"10.{128 + ((revision >> 16) & 127)}.{(revision >> 8) & 255}.{revision & 255}");
    }
}
