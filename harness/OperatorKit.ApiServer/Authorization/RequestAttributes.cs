using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Authorization;

/// <summary>What a user wants to do, as the authorizer sees it.</summary>
internal sealed record RequestAttributes(UserInfo User, string Verb)
{
    /// <summary>The path of a request that is not about a resource; null otherwise.</summary>
    public string? Path { get; init; }

    public string Group { get; init; } = "";

    public string Resource { get; init; } = "";

    public string Subresource { get; init; } = "";

    public string Namespace { get; init; } = "";

    public string Name { get; init; } = "";

    /// <summary>The resource as rules name it: <c>deployments/scale</c>.</summary>
    public string FullResource => Subresource.Length == 0 ? Resource : $"{Resource}/{Subresource}";

    /// <summary>The 403 for these attributes.</summary>
    public StatusException Forbidden(string reason = "")
    {
        var tail = reason.Length == 0 ? "" : $": {reason}";
        if (Path is not null)
            return new StatusException(403, "Forbidden", $"forbidden: User \"{User.Name}\" cannot {Verb} path \"{Path}\"{tail}", JsonObject.Empty);
        var scope = Namespace.Length == 0 ? "at the cluster scope" : $"in the namespace \"{Namespace}\"";
        return Failures.Forbidden(new GroupResource(Group, Resource), Name, $"User \"{User.Name}\" cannot {Verb} resource \"{FullResource}\" in API group \"{Group}\" {scope}{tail}");
    }
}
