using OperatorKit.Models;

namespace OperatorKit.Client;

/// <summary>Turns a refusal of the server into the exception for it, with what to do next.</summary>
internal static class StatusErrors
{
    public static KubernetesException ToException(ApiRequest request, V1Status status, bool isStatusBody, string source) => (status.Code, status.Reason) switch
    {
        (400, _) => new BadRequestException(Say(request, status, "Compare the body with `kubectl explain`."), status),
        (401, _) => new UnauthorizedException(
            $"The server refused the credentials of {source}: {Text(status)}. They are missing, expired or revoked: log in again, or put new ones there.", status),
        (403, _) => new ForbiddenException(Say(request, status, Permission(request, status)), status),
        (404, _) when !isStatusBody && request.Definition is not null => new NotFoundException(KindMissing(request.Definition), status, isKindMissing: true),
        (404, _) => new NotFoundException(Say(request, status, "Check the name and the namespace."), status),
        (409, "AlreadyExists") => new AlreadyExistsException(Say(request, status, "Use ApplyAsync to create or update, or another name."), status),
        (409, _) when IsOwnedByOthers(status) => new ConflictException(
            Say(request, status, "Leave these fields out of the apply, or set ApplyOptions.Force to take them over."), status),
        (409, _) => new ConflictException(Say(request, status, "Read the object again and repeat the change on what is there now."), status),
        (410, _) => new ExpiredException(Say(request, status, "List again, and watch from the version of that list."), status),
        (422, _) => new InvalidResourceException(Say(request, status, "Correct the fields named here."), status),
        (429, _) => new TooManyRequestsException(Say(request, status, "Wait and try again, or send fewer requests."), status),
        ( >= 500, _) => new ServerErrorException(Say(request, status, "Try again; if it stays, look at the log of the API server."), status),
        _ => new KubernetesException(Say(request, status, "See the status for details."), status),
    };

    private static string Say(ApiRequest request, V1Status status, string next) => $"{request.Describe()}: {Text(status)}. {next}";

    private static string Text(V1Status status) => (string.IsNullOrWhiteSpace(status.Message) ? $"HTTP {status.Code}" : status.Message).TrimEnd('.', '\n', ' ');

    private static bool IsOwnedByOthers(V1Status status) => status.Details?.Causes?.Any(cause => cause.Reason == "FieldManagerConflict") == true;

    private static string KindMissing(ResourceDefinition definition)
    {
        var served = $"The cluster does not serve {definition.QualifiedName} in version {definition.Version}.";
        var isCustom = definition.Group.Contains('.', StringComparison.Ordinal) && !definition.Group.EndsWith(".k8s.io", StringComparison.Ordinal);
        return isCustom
            ? $"{served} Install its definition: kubectl apply --server-side -f manifests/crds/{definition.Group}_{definition.Plural}.yaml"
            : $"{served} See what it serves: kubectl api-resources";
    }

    private static string Permission(ApiRequest request, V1Status status)
    {
        // An admission rule refuses with the same code; only the authorizer's message has this form.
        if (request.Definition is not { } definition || status.Message?.Contains(" cannot ", StringComparison.Ordinal) != true)
        {
            return "An admission rule or a quota of the cluster forbids it.";
        }

        var resource = request.Subresource is null ? definition.QualifiedName : $"{definition.QualifiedName} --subresource={request.Subresource}";
        var where = request.Namespace is null ? "" : $" -n {request.Namespace}";
        return $"Grant it in a role of that user (for an operator: kubectl apply -f manifests/rbac.yaml); check with: kubectl auth can-i {request.Verb} {resource}{where}";
    }
}
