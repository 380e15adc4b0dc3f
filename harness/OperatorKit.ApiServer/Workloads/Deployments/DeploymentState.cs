using System.Globalization;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Workloads.Deployments;

/// <summary>A Deployment beside its ReplicaSets: the one of the current template, and the older ones from newest to oldest.</summary>
internal sealed record DeploymentState(JsonObject Deployment, JsonObject? Current, IReadOnlyList<JsonObject> Older)
{
    public const string HashLabel = "pod-template-hash";
    public const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    public long Desired => Deployment.LongAt("spec", "replicas") ?? 1;

    public bool Recreates => Deployment.StringAt("spec", "strategy", "type") == "Recreate";

    public bool Paused => Deployment.BoolAt("spec", "paused") == true;

    public JsonObject Template => Deployment.ObjectAt("spec", "template") ?? JsonObject.Empty;

    public IEnumerable<JsonObject> All => Current is null ? Older : Older.Prepend(Current);

    public long MaxSurge => Recreates ? 0 : IntOrPercent.Resolve(Deployment.At("spec", "strategy", "rollingUpdate", "maxSurge"), Desired, roundUp: true, "25%");

    public long MaxUnavailable
    {
        get
        {
            if (Recreates)
                return 0;
            var count = IntOrPercent.Resolve(Deployment.At("spec", "strategy", "rollingUpdate", "maxUnavailable"), Desired, roundUp: false, "25%");
            // Neither surging nor giving up a pod would be a rollout that never moves.
            return Math.Min(count == 0 && MaxSurge == 0 ? 1 : count, Desired);
        }
    }

    public static DeploymentState Of(JsonObject deployment, ClusterView view)
    {
        var sets = view.ControlledBy(deployment.Uid, WellKnown.ReplicaSets).OrderByDescending(Revision).ThenBy(static set => set.Name, StringComparer.Ordinal).ToList();
        var template = deployment.ObjectAt("spec", "template") ?? JsonObject.Empty;
        var current = sets.FirstOrDefault(set => WithoutHash(set.ObjectAt("spec", "template") ?? JsonObject.Empty).Equals(template));
        return new DeploymentState(deployment, current, [.. sets.Where(set => set != current)]);
    }

    public static long Revision(JsonObject item) =>
        long.TryParse(item.StringAt("metadata", "annotations", RevisionAnnotation), NumberStyles.None, CultureInfo.InvariantCulture, out var revision) ? revision : 0;

    public static long Replicas(JsonObject set) => set.LongAt("spec", "replicas") ?? 1;

    public static long Available(JsonObject set) => set.LongAt("status", "availableReplicas") ?? 0;

    private static JsonObject WithoutHash(JsonObject template) => template.WithoutAt("metadata", "labels", HashLabel);
}
