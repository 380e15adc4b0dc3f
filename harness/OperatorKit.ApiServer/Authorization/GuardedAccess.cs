using Microsoft.AspNetCore.Http;
using OperatorKit.ApiServer.Authentication;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Requests;

namespace OperatorKit.ApiServer.Authorization;

/// <summary>Lets requests through whose sender is known, may be who they claim to be, and may do what they ask.</summary>
internal sealed class GuardedAccess(Authenticator authenticator, RbacAuthorizer authorizer) : Access
{
    private static readonly object ImpersonatorKey = new();

    public override ValueTask<UserInfo> AuthenticateAsync(HttpContext context)
    {
        var user = authenticator.Identify(context.Features.Get<ClientCertificate>(), context.Request.Headers.Authorization) ?? throw Failures.Unauthorized();
        if (!ClaimsToBeAnother(context.Request.Headers))
            return new(user);
        var headers = context.Request.Headers.Select(static header => KeyValuePair.Create(header.Key, (IReadOnlyList<string>)header.Value.ToArray()!));
        if (Impersonation.Read(headers) is not { } impersonation)
            return new(user);
        context.Items[ImpersonatorKey] = (user, impersonation);
        return new(impersonation.Identity());
    }

    private static bool ClaimsToBeAnother(IHeaderDictionary headers)
    {
        foreach (var (name, _) in headers)
        {
            if (name.StartsWith("Impersonate-", StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    public override ValueTask<StatusException?> RefusalAsync(UserInfo user, RequestPath path, string verb, HttpContext context)
    {
        var attributes = Attributes(user, path, verb, context);
        if (context.Items[ImpersonatorKey] is (UserInfo impersonator, Impersonation wanted) && !MayImpersonate(impersonator, wanted, attributes))
            return new((attributes with { User = impersonator, Verb = $"impersonate-on:user-info:{attributes.Verb}" }).Forbidden());
        var (allowed, reason) = authorizer.Authorize(attributes);
        return new(allowed ? null : attributes.Forbidden(reason));
    }

    /// <summary>By the verb impersonate on everything that is claimed, or by the constrained verbs for this very request.</summary>
    private bool MayImpersonate(UserInfo impersonator, Impersonation wanted, RequestAttributes request) =>
        Claims(impersonator, wanted, "impersonate").All(claim => authorizer.Authorize(claim).Allowed)
        || (authorizer.Authorize(request with { User = impersonator, Verb = $"impersonate-on:user-info:{request.Verb}" }).Allowed
            && Claims(impersonator, wanted, "impersonate:user-info").All(claim => authorizer.Authorize(claim).Allowed));

    private static IEnumerable<RequestAttributes> Claims(UserInfo impersonator, Impersonation wanted, string verb)
    {
        const string group = "authentication.k8s.io";
        yield return wanted.User.Split(':') is ["system", "serviceaccount", var ns, var name]
            ? new(impersonator, verb) { Resource = "serviceaccounts", Namespace = ns, Name = name }
            : new(impersonator, verb) { Resource = "users", Name = wanted.User };
        if (wanted.Uid.Length > 0)
            yield return new(impersonator, verb) { Group = group, Resource = "uids", Name = wanted.Uid };
        foreach (var claimed in wanted.Groups)
            yield return new(impersonator, verb) { Resource = "groups", Name = claimed };
        foreach (var (key, values) in wanted.Extra)
        {
            foreach (var value in values)
                yield return new(impersonator, verb) { Group = group, Resource = "userextras", Subresource = key, Name = value };
        }
    }

    private static RequestAttributes Attributes(UserInfo user, RequestPath path, string verb, HttpContext context)
    {
        if (path.Resource is null)
            return new(user, context.Request.Method.ToLowerInvariant()) { Path = path.Path };
        var name = path.Name ?? "";
        if (name.Length == 0 && verb is "list" or "watch" or "deletecollection")
            name = SelectedName(context.Request.Query["fieldSelector"].ToString());
        return new(user, verb)
        {
            Group = path.Group,
            Resource = path.Resource,
            Subresource = path.Subresource ?? "",
            // A namespace lies in itself, so that a role in it can speak about it.
            Namespace = path.Namespace ?? (path is { Resource: "namespaces", Group: "" } ? name : ""),
            Name = name,
        };
    }

    /// <summary>The one name that a field selector allows, or "".</summary>
    private static string SelectedName(string selector)
    {
        foreach (var term in selector.Split(','))
        {
            if (term.StartsWith("metadata.name=", StringComparison.Ordinal))
                return term["metadata.name=".Length..].TrimStart('=');
        }

        return "";
    }
}
