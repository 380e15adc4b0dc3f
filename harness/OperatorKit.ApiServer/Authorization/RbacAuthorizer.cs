using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Storage;

namespace OperatorKit.ApiServer.Authorization;

/// <summary>Whether something is allowed, and why. Nothing is ever denied for a reason: it only lacks one.</summary>
internal readonly record struct Verdict(bool Allowed, string Reason);

/// <summary>A rule that applies to a user, with the binding that brought it.</summary>
internal readonly record struct GrantedRule(PolicyRule Rule, string Reason);

/// <summary>
/// Role-based access control over what is stored right now. See https://kubernetes.io/docs/reference/access-authn-authz/rbac/.
/// </summary>
internal sealed class RbacAuthorizer(Store store)
{
    private const string Superusers = "system:masters";

    public Verdict Authorize(RequestAttributes request)
    {
        if (request.User.Groups.Contains(Superusers))
            return new(true, "");
        var missing = new List<string>();
        foreach (var granted in Rules(request.User, request.Namespace, missing))
        {
            if (granted.Rule.Allows(request))
                return new(true, granted.Reason);
        }

        return new(false, missing.Count == 0 ? "" : $"RBAC: {Together(missing)}");
    }

    /// <summary>Every rule that a user has, cluster-wide and, where one is given, in a namespace.</summary>
    /// <param name="user">The user.</param>
    /// <param name="namespace">The namespace, or "".</param>
    /// <param name="missing">What is wrong with the bindings on the way: each role that one refers to and that there is not.</param>
    public IEnumerable<GrantedRule> Rules(UserInfo user, string @namespace, List<string> missing)
    {
        foreach (var granted in Granted(user, store.Read(WellKnown.ClusterRoleBindings).Objects.In(null), "", missing))
            yield return granted;
        if (@namespace.Length == 0)
            yield break;
        foreach (var granted in Granted(user, store.Read(WellKnown.RoleBindings).Objects.In(@namespace), @namespace, missing))
            yield return granted;
    }

    /// <summary>The rules of a role that a binding refers to; none when it does not exist.</summary>
    public IEnumerable<PolicyRule> RulesOf(string kind, string name, string @namespace) => RoleOf(kind, name, @namespace) is { } role ? RulesOf(role) : [];

    /// <summary>Several problems in one text, as Go writes them.</summary>
    public static string Together(IEnumerable<string> problems)
    {
        var distinct = problems.Distinct(StringComparer.Ordinal).ToArray();
        return distinct is [var only] ? only : $"[{string.Join(", ", distinct)}]";
    }

    private static IEnumerable<PolicyRule> RulesOf(JsonObject role) => (role.ArrayAt("rules") ?? JsonArray.Empty).Items.OfType<JsonObject>().Select(PolicyRule.Read);

    private JsonObject? RoleOf(string kind, string name, string @namespace) =>
        (kind == "ClusterRole" ? store.Find(WellKnown.ClusterRoles, null, name) : store.Find(WellKnown.Roles, @namespace, name))?.Value;

    private IEnumerable<GrantedRule> Granted(UserInfo user, IEnumerable<StoredObject> bindings, string @namespace, List<string> missing)
    {
        foreach (var binding in bindings)
        {
            var subject = (binding.Value.ArrayAt("subjects") ?? JsonArray.Empty).Items.OfType<JsonObject>().FirstOrDefault(subject => IsUser(subject, user, @namespace));
            if (subject is null)
                continue;
            var (kind, name) = (binding.Value.StringAt("roleRef", "kind") ?? "", binding.Value.StringAt("roleRef", "name") ?? "");
            if (RoleOf(kind, name, @namespace) is not { } role)
            {
                missing.Add($"{kind.ToLowerInvariant()}.rbac.authorization.k8s.io \"{name}\" not found");
                continue;
            }

            var bindingText = @namespace.Length == 0 ? $"ClusterRoleBinding \"{binding.Name}\"" : $"RoleBinding \"{binding.Name}/{@namespace}\"";
            var reason = $"RBAC: allowed by {bindingText} of {kind} \"{name}\" to {Describe(subject, @namespace)}";
            foreach (var rule in RulesOf(role))
                yield return new(rule, reason);
        }
    }

    private static bool IsUser(JsonObject subject, UserInfo user, string @namespace) => subject.StringAt("kind") switch
    {
        "User" => subject.StringAt("name") == user.Name,
        "Group" => user.Groups.Contains(subject.StringAt("name") ?? ""),
        "ServiceAccount" => $"system:serviceaccount:{subject.StringAt("namespace") ?? @namespace}:{subject.StringAt("name")}" == user.Name,
        _ => false,
    };

    private static string Describe(JsonObject subject, string @namespace) => subject.StringAt("kind") == "ServiceAccount"
        ? $"ServiceAccount \"{subject.StringAt("name")}/{subject.StringAt("namespace") ?? @namespace}\""
        : $"{subject.StringAt("kind")} \"{subject.StringAt("name")}\"";
}
