using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.OpenApi;

/// <summary>
/// Answers <c>/openapi/v2</c> and <c>/openapi/v3</c> from the resources that are served. Documents are written when they
/// are first asked for, and again after the resources of their group-version changed.
/// </summary>
internal sealed class OpenApiPublisher(ResourceRegistry registry, string kubernetesVersion)
{
    private const string V3 = "/openapi/v3";
    private const string V2 = "/openapi/v2";

    private const string V2Protobuf = "/openapi/v2+protobuf";

    private readonly ConcurrentDictionary<string, Published> _documents = new(StringComparer.Ordinal);

    /// <summary>The answer to a request, or null where the path is not of OpenAPI.</summary>
    /// <param name="path">The path of the URL.</param>
    /// <param name="hash">The query parameter of that name, null where it is absent: the document that the client knows of.</param>
    public OpenApiAnswer? Answer(string path, string? hash)
    {
        path = path.TrimEnd('/');
        var snapshot = registry.Current;
        if (path == V3)
            return OpenApiAnswer.Of(Document(snapshot, V3, () => Index(snapshot)));
        if (path == V2)
            return OpenApiAnswer.Of(Document(snapshot, V2, () => OpenApiDocument.V2(snapshot.Types, kubernetesVersion)));
        if (!path.StartsWith(V3 + "/", StringComparison.Ordinal))
            return null;

        var name = path[(V3.Length + 1)..];
        if (!Names(snapshot).Contains(name))
            return OpenApiAnswer.NotFound;
        var document = Document(snapshot, name);
        if (string.IsNullOrEmpty(hash))
            return OpenApiAnswer.Of(document);
        return hash == document.Hash ? OpenApiAnswer.Immutable(document) : OpenApiAnswer.Moved($"{path}?hash={document.Hash}");
    }

    /// <summary>The v2 document in the form that kubectl asks for.</summary>
    public OpenApiAnswer AnswerProtobuf()
    {
        var snapshot = registry.Current;
        return OpenApiAnswer.Of(Document(snapshot, V2Protobuf, () => PublishedDocument.Of(SwaggerProtobuf.Write(OpenApiDocument.V2(snapshot.Types, kubernetesVersion)))));
    }

    private JsonObject Index(RegistrySnapshot snapshot)
    {
        var paths = new JsonObject.Builder();
        foreach (var name in Names(snapshot))
            paths[name] = JsonObject.Of(("serverRelativeURL", $"{V3}/{name}?hash={Document(snapshot, name).Hash}"));
        return JsonObject.Of(("paths", paths.Build()));
    }

    private PublishedDocument Document(RegistrySnapshot snapshot, string name) => Document(snapshot, name, () => name.Split('/') switch
    {
        ["api", var version] => OpenApiDocument.V3(snapshot.Types, "", version, kubernetesVersion),
        ["apis", var group, var version] => OpenApiDocument.V3(snapshot.Types, group, version, kubernetesVersion),
        _ => OpenApiDocument.Plain(kubernetesVersion),
    });

    private PublishedDocument Document(RegistrySnapshot snapshot, string name, Func<JsonObject> write) => Document(
        snapshot,
        name,
        () => IsFixed(snapshot, name) ? PublishedDocument.Known(FixedHash(name), write) : PublishedDocument.Of(write()));

    private PublishedDocument Document(RegistrySnapshot snapshot, string name, Func<PublishedDocument> make)
    {
        if (_documents.TryGetValue(name, out var known) && (known.Snapshot == snapshot || IsSame(known.Snapshot, snapshot, name)))
            return known.Document;
        var document = make();
        _documents[name] = new Published(snapshot, document);
        return document;
    }

    /// <summary>Whether the document is the same in every server of this build: the index then need not write it to name it.</summary>
    private static bool IsFixed(RegistrySnapshot snapshot, string name) =>
        name is not (V2 or V3) && !snapshot.Types.Any(type => type.IsCustom && type.Group == GroupOf(name));

    private static string FixedHash(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"{typeof(OpenApiPublisher).Module.ModuleVersionId}/{name}")));

    private static string GroupOf(string name) => name.Split('/') is ["apis", var group, _] ? group : "";

    /// <summary>Whether nothing changed for a group-version between two snapshots.</summary>
    private static bool IsSame(RegistrySnapshot one, RegistrySnapshot other, string name)
    {
        if (name is V2 or V3 or V2Protobuf)
            return false;
        var group = GroupOf(name);
        return one.Types.Where(type => type.Group == group).SequenceEqual(other.Types.Where(type => type.Group == group), ReferenceEqualityComparer.Instance);
    }

    private static SortedSet<string> Names(RegistrySnapshot snapshot)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal) { "api", "apis", "version" };
        foreach (var type in snapshot.Types)
        {
            foreach (var version in type.Versions.Where(static version => version.Served))
                names.Add(type.Group.Length == 0 ? $"api/{version.Name}" : $"apis/{type.Group}/{version.Name}");
        }

        return names;
    }

    private sealed record Published(RegistrySnapshot Snapshot, PublishedDocument Document);
}
