using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.BuiltIns.Strategies;

/// <summary>A request for a certificate stands as it was made: what becomes of it is written through its subresources.</summary>
internal static class CertificateRequestParts
{
    private static readonly string[] Verdicts = ["Approved", "Denied"];

    public static ImmutableDictionary<string, PartialWrite> All { get; } = ImmutableDictionary<string, PartialWrite>.Empty
        .Add("approval", new PartialWrite(Approve, static (_, _) => []) { Metadata = StatusMetadataRule.All })
        .Add("status", new PartialWrite(SetStatus, static (_, _) => []) { Metadata = StatusMetadataRule.All });

    /// <summary>Nothing of it can be changed but its metadata.</summary>
    public static JsonObject Update(JsonObject request, JsonObject stored) => request.With("spec", stored["spec"] ?? JsonObject.Empty);

    /// <summary>The conditions, and nothing else.</summary>
    private static JsonObject Approve(JsonObject changed, JsonObject live) => changed.ArrayAt("status", "conditions") is { } conditions
        ? live.WithAt(["status", "conditions"], conditions)
        : live.WithoutAt("status", "conditions");

    /// <summary>The status, whose verdicts stay as they are where there are as many as before.</summary>
    private static JsonObject SetStatus(JsonObject changed, JsonObject live)
    {
        var status = changed.ObjectAt("status") ?? JsonObject.Empty;
        foreach (var verdict in Verdicts)
        {
            var before = new Queue<JsonObject>(OfType(live.ObjectAt("status"), verdict));
            if (before.Count > 0 && OfType(status, verdict).Count() == before.Count)
                status = status.ChangeEach("conditions", condition => condition.StringAt("type") == verdict ? before.Dequeue() : condition);
        }

        return live.With("status", status);
    }

    private static IEnumerable<JsonObject> OfType(JsonObject? status, string type) =>
        (status?.Objects("conditions") ?? []).Where(condition => condition.StringAt("type") == type);
}
