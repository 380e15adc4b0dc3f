using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Authentication;

/// <summary>Writes who asks into a new request for a certificate, whatever it says itself, and when into the verdicts on it.</summary>
internal sealed class CertificateRequester(TimeProvider clock) : IAdmission
{
    private static readonly GroupResource Requests = new("certificates.k8s.io", "certificatesigningrequests");

    public ValueTask<JsonObject?> MutateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Object is not { } obj || request.Target.Type.Resource != Requests)
            return new(request.Object);
        return new((request.Operation, request.Target.Subresource) switch
        {
            ("CREATE", _) => obj.Change("spec", spec => By(request.Request.User, spec)),
            ("UPDATE", "approval" or "status") => obj.Change("status", status => status.ChangeEach("conditions", condition => Timed(condition, request.OldObject!))),
            _ => obj,
        });
    }

    private static JsonObject By(UserInfo user, JsonObject spec)
    {
        var info = user.ToJson();
        foreach (var key in (string[])["username", "uid", "groups", "extra"])
            spec = info[key] is { } value ? spec.With(key, value) : spec.Without(key);
        return spec;
    }

    private JsonObject Timed(JsonObject condition, JsonObject stored)
    {
        var now = KubernetesTime.Format(clock.GetUtcNow());
        if (condition.StringAt("lastUpdateTime") is null)
            condition = condition.With("lastUpdateTime", now);
        if (condition.StringAt("lastTransitionTime") is not null)
            return condition;
        var before = (stored.ObjectAt("status")?.Objects("conditions") ?? [])
            .FirstOrDefault(known => known["type"]!.Equals(condition["type"]) && known["status"]?.Equals(condition["status"]) == true);
        return condition.With("lastTransitionTime", before?.StringAt("lastTransitionTime") ?? now);
    }
}
