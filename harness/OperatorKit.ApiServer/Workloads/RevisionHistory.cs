using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using static OperatorKit.ApiServer.Controllers.ControllerAction;

namespace OperatorKit.ApiServer.Workloads;

/// <summary>
/// The templates that a StatefulSet or DaemonSet has had, each kept as a ControllerRevision, a patch that brings the template back:
/// what <c>kubectl rollout history</c> and <c>undo</c> read.
/// </summary>
/// <param name="Owner">The set.</param>
/// <param name="Kind">Of the set.</param>
/// <param name="HashLabel">The label of a revision that carries the hash of its template.</param>
/// <param name="Revisions">Those that belong to the set, from the oldest.</param>
internal sealed record RevisionHistory(JsonObject Owner, string Kind, string HashLabel, IReadOnlyList<JsonObject> Revisions)
{
    public static RevisionHistory Of(JsonObject owner, string kind, string hashLabel, ClusterView view) => new(owner, kind, hashLabel,
    [
        .. view.ControlledBy(owner.Uid, WellKnown.ControllerRevisions)
            .OrderBy(Number)
            .ThenBy(static revision => revision.StringAt("metadata", "creationTimestamp"), StringComparer.Ordinal)
            .ThenBy(static revision => revision.Name, StringComparer.Ordinal),
    ]);

    public string Hash { get; } = PodTemplate.Hash(Owner.ObjectAt("spec", "template") ?? JsonObject.Empty);

    /// <summary>The name of the revision that the present template has.</summary>
    public string Current => NameOf(Hash);

    public string NameOf(string hash) => $"{Owner.Name}-{hash}";

    /// <summary>The template of a revision, or null where that is not kept.</summary>
    public JsonObject? Template(string? name) =>
        Revisions.FirstOrDefault(revision => revision.Name == name)?.ObjectAt("data", "spec", "template")?.Without("$patch");

    /// <summary>Notes the present template, or puts it last again when the set has gone back to it; null where that is done.</summary>
    public ControllerAction? Record(ClusterView view)
    {
        var next = (Revisions.Count == 0 ? 0 : Number(Revisions[^1])) + 1;
        var key = new ObjectKey(WellKnown.ControllerRevisions, Owner.Namespace, Current);
        return view[key] switch
        {
            null => new Create(key, New(next)),
            // Left behind by a set of the same name that is gone.
            { ControllerReference: null } orphan => new Replace(key, orphan.WithAt(["metadata", "ownerReferences"], OwnerReference.ControlledBy(Owner, "apps/v1", Kind)).With("revision", next)),
            { } known when known.IsControlledBy(Owner.Uid) && Number(known) < next - 1 => new Replace(key, known.With("revision", next)),
            _ => null,
        };
    }

    /// <summary>Deletions of the oldest revisions that nothing uses, beyond the limit of the set.</summary>
    /// <param name="live">The names of those that pods or the status name.</param>
    public IEnumerable<ControllerAction> Forget(IEnumerable<string> live)
    {
        var unused = Revisions.ExceptBy(live.Append(Current), static revision => revision.Name).ToArray();
        var surplus = unused.Length - (Owner.LongAt("spec", "revisionHistoryLimit") ?? 10);
        return unused.Take((int)Math.Max(surplus, 0)).Select(static revision => new Delete(new ObjectKey(WellKnown.ControllerRevisions, revision.Namespace, revision.Name), revision.Uid));
    }

    private static long Number(JsonObject revision) => revision.LongAt("revision") ?? 0;

    private JsonObject New(long number)
    {
        var template = Owner.ObjectAt("spec", "template") ?? JsonObject.Empty;
        var metadata = JsonObject.Of(
            ("name", Current),
            ("namespace", Owner.Namespace),
            ("labels", (template.ObjectAt("metadata", "labels") ?? JsonObject.Empty).With(HashLabel, Hash)),
            ("ownerReferences", OwnerReference.ControlledBy(Owner, "apps/v1", Kind)));
        if (Owner.ObjectAt("metadata", "annotations") is { Count: > 0 } annotations)
            metadata = metadata.With("annotations", annotations);
        return JsonObject.Of(
            ("apiVersion", "apps/v1"),
            ("kind", "ControllerRevision"),
            ("metadata", metadata),
            ("data", JsonObject.Of(("spec", JsonObject.Of(("template", template.With("$patch", "replace")))))),
            ("revision", number));
    }
}
