using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>Which workload a change concerns: itself, or the controller of what changed.</summary>
internal static class Ownership
{
    public static IEnumerable<ObjectKey> Affected(ObjectChange change, ClusterView view, GroupResource workload, params GroupResource[] children)
    {
        if (change.Key.Resource == workload)
        {
            yield return change.Key;
            yield break;
        }

        if (!children.Contains(change.Key.Resource))
            yield break;
        foreach (var uid in (string?[])[change.Before?.ControllerReference?.Uid, change.After?.ControllerReference?.Uid])
        {
            if (uid is not null && view.ByUid(uid) is { } owner && owner.Resource == workload)
                yield return owner;
        }
    }
}
