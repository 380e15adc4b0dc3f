using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;

namespace OperatorKit.ApiServer.Quotas;

/// <summary>
/// Refuses what exceeds a quota of its namespace, and counts what does not at once, before the controller sees it. A quota whose
/// limits no controller has taken over into its status yet limits nothing.
/// </summary>
internal sealed class QuotaAdmission(ApiOperations operations) : IAdmission
{
    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (!IsCharged(request) || Quotas(request) is not { Length: > 0 } quotas)
            return;
        // All of them have to allow it before any of them counts it.
        var concerned = quotas.Where(quota => Charged(quota, request) is not null).Select(static quota => quota.Name).ToArray();
        foreach (var name in request.Request.DryRun ? [] : concerned)
        {
            while (await ChargeAsync(name, request, cancellationToken).ConfigureAwait(false) is false)
            {
            }
        }
    }

    private static bool IsCharged(AdmissionRequest request)
    {
        var (resource, operation) = (request.Target.Type.Resource, request.Operation);
        if (request.Object is null || request.Target.Namespace is null || request.Target.Subresource is not null || resource.Resource == "events")
            return false;
        if (operation != "UPDATE" || request.OldObject is not { } old)
            return operation == "CREATE";
        return resource == WellKnown.Services || resource == WellKnown.PersistentVolumeClaims
            || (resource == WellKnown.Pods && QuotaScopes.IsTerminating(old) != QuotaScopes.IsTerminating(request.Object));
    }

    private JsonObject[] Quotas(AdmissionRequest request) =>
        [.. operations.Store.Read(WellKnown.ResourceQuotas).Objects.In(request.Target.Namespace).Select(static stored => stored.Value)];

    /// <summary>Whether the quota is charged; not when somebody else was faster.</summary>
    private async ValueTask<bool> ChargeAsync(string name, AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (operations.Store.Find(WellKnown.ResourceQuotas, request.Target.Namespace, name) is not { } quota || Charged(quota.Value, request) is not { } charged)
            return true;
        var target = operations.Target("", "resourcequotas", request.Target.Namespace, name, "status");
        try
        {
            await operations.UpdateAsync(target, charged, RequestContext.Internal("kube-apiserver"), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (StatusException e) when (e.IsConflict || e.IsNotFound)
        {
            return false;
        }
    }

    /// <summary>The quota with the request counted, or null where it does not concern the quota.</summary>
    /// <exception cref="StatusException">The quota does not allow it.</exception>
    private JsonObject? Charged(JsonObject quota, AdmissionRequest request)
    {
        var (resource, item, now) = (request.Target.Type.Resource, request.Object!, operations.Clock.GetUtcNow());
        var (hard, used) = (quota.ObjectAt("status", "hard") ?? JsonObject.Empty, quota.ObjectAt("status", "used") ?? JsonObject.Empty);
        var limited = hard.Keys.Where(name => QuotaUsage.Concerns(resource, name)).ToArray();
        if (limited.Length == 0 || !QuotaScopes.Match(quota, resource, item))
            return null;
        if (resource == WellKnown.Pods && QuotaUsage.Missing(item, limited) is { } missing)
            throw request.Forbidden($"failed quota: {quota.Name}: must specify {missing}");
        if (!limited.All(used.ContainsKey))
            throw request.Forbidden($"status unknown for quota: {quota.Name}, resources: {string.Join(",", limited.Order(StringComparer.Ordinal))}");

        var usage = QuotaUsage.Of(resource, item, now);
        if (request.OldObject is { } old && QuotaScopes.Match(quota, resource, old))
            usage = usage.Minus(QuotaUsage.Of(resource, old, now));
        var requested = usage.Where((name, amount) => hard.ContainsKey(name) && !ResourceAmounts.Nanos(amount).IsZero);
        if (requested.Count == 0)
            return null;
        var next = used.Plus(requested);
        var exceeded = requested.Keys.Where(name => ResourceAmounts.Compare(next.StringAt(name)!, hard.StringAt(name)!) > 0).ToArray();
        return exceeded.Length == 0
            ? quota.WithAt(["status", "used"], next)
            : throw request.Forbidden($"exceeded quota: {quota.Name}, requested: {requested.Shown(exceeded)}, used: {used.Shown(exceeded)}, limited: {hard.Shown(exceeded)}");
    }
}
