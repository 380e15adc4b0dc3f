using System.Diagnostics;
using OperatorKit.Caching;
using OperatorKit.Metrics;
using OperatorKit.Queueing;

namespace OperatorKit.Dispatch;

/// <summary>The span of a run, for whoever traces; free where nobody does.</summary>
internal static class RunActivity
{
    private static readonly ActivitySource Source = new(OperatorMetrics.MeterName);

    public static Activity? Start(string controller, string kind, ObjectKey key, Cause cause, string runId)
    {
        var activity = Source.StartActivity("reconcile");
        return activity?
            .SetTag("k8s.controller", controller)
            .SetTag("k8s.object.kind", kind)
            .SetTag("k8s.namespace.name", key.Namespace)
            .SetTag("k8s.object.name", key.Name)
            .SetTag("operatorkit.cause", cause.ToString())
            .SetTag("operatorkit.reconcile_id", runId);
    }

    public static void End(Activity? activity, RunResult result)
    {
        activity?.SetTag("operatorkit.result", result.ToString());
        if (result is RunResult.Error or RunResult.Terminal)
            activity?.SetStatus(ActivityStatusCode.Error);
    }
}
