using System.Collections.Immutable;
using OperatorKit.ApiServer.Controllers;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Operations;
using OperatorKit.ApiServer.Registry;

namespace OperatorKit.ApiServer.Authorization;

/// <summary>
/// Admission that lets nobody grant more than they have themselves, unless they may escalate or bind.
/// See https://kubernetes.io/docs/reference/access-authn-authz/rbac/#privilege-escalation-prevention-and-bootstrapping.
/// </summary>
internal sealed class EscalationCheck(RbacAuthorizer authorizer) : IAdmission
{
    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        var resource = request.Target.Type.Resource;
        if (request.Object is not { } item || resource.Group != WellKnown.Roles.Group || request.Request.User.Groups.Contains("system:masters"))
            return ValueTask.CompletedTask;
        var ns = request.Target.Namespace ?? "";
        if (resource == WellKnown.Roles || resource == WellKnown.ClusterRoles)
        {
            var unchanged = item["rules"] is { } rules && rules.Equals(request.OldObject?["rules"]);
            if (!unchanged && !MayBypass(request, "escalate", resource, ns, item.Name))
                RequireHeld(request, (item.ArrayAt("rules") ?? JsonArray.Empty).Items.OfType<JsonObject>().Select(PolicyRule.Read), ns);
        }
        else if (item["roleRef"] is JsonObject role && !(request.OldObject?["subjects"]?.Equals(item["subjects"]) ?? false))
        {
            var (kind, name) = (role.StringAt("kind") ?? "", role.StringAt("name") ?? "");
            var bound = kind == "ClusterRole" ? WellKnown.ClusterRoles : WellKnown.Roles;
            if (!MayBypass(request, "bind", bound, ns, name))
                RequireHeld(request, authorizer.RulesOf(kind, name, ns), ns);
        }

        return ValueTask.CompletedTask;
    }

    private bool MayBypass(AdmissionRequest request, string verb, GroupResource resource, string ns, string name) =>
        authorizer.Authorize(new(request.Request.User, verb) { Group = resource.Group, Resource = resource.Resource, Namespace = ns, Name = name }).Allowed;

    private void RequireHeld(AdmissionRequest request, IEnumerable<PolicyRule> wanted, string ns)
    {
        var user = request.Request.User;
        var held = authorizer.Rules(user, ns, []).Select(static granted => granted.Rule).ToList();
        var missing = wanted.SelectMany(Singles).Where(single => !held.Exists(rule => Covers(rule, single))).ToList();
        if (missing.Count == 0)
            return;
        var groups = string.Join(" ", user.Groups.Select(static group => $"\"{group}\""));
        throw Failures.Forbidden(
            request.Target.Type.Resource,
            request.Object!.Name,
            $"user \"{user.Name}\" (groups=[{groups}]) is attempting to grant RBAC permissions not currently held:\n{string.Join("\n", Compact(missing))}");
    }

    /// <summary>The rule taken apart, so that each piece grants one verb on one thing.</summary>
    private static IEnumerable<PolicyRule> Singles(PolicyRule rule)
    {
        foreach (var verb in rule.Verbs)
        {
            foreach (var url in rule.NonResourceUrls)
                yield return new([verb], [], [], [], [url]);
            foreach (var group in rule.Groups)
            {
                foreach (var resource in rule.Resources)
                {
                    if (rule.ResourceNames.IsEmpty)
                        yield return new([verb], [group], [resource], [], []);
                    foreach (var name in rule.ResourceNames)
                        yield return new([verb], [group], [resource], [name], []);
                }
            }
        }
    }

    private static bool Covers(PolicyRule held, PolicyRule single)
    {
        if (!Has(held.Verbs, single.Verbs[0]))
            return false;
        if (!single.NonResourceUrls.IsEmpty)
            return held.NonResourceUrls.Any(url => url == single.NonResourceUrls[0] || (url.EndsWith('*') && single.NonResourceUrls[0].StartsWith(url[..^1], StringComparison.Ordinal)));
        var resource = single.Resources[0];
        var slash = resource.IndexOf('/', StringComparison.Ordinal);
        return Has(held.Groups, single.Groups[0])
            && (Has(held.Resources, resource) || (slash > 0 && held.Resources.Contains("*" + resource[slash..])))
            && (held.ResourceNames.IsEmpty || (!single.ResourceNames.IsEmpty && held.ResourceNames.Contains(single.ResourceNames[0])));
    }

    private static bool Has(ImmutableArray<string> items, string wanted) => items.Contains("*") || items.Contains(wanted);

    private static IEnumerable<string> Compact(List<PolicyRule> missing) => missing
        .GroupBy(static rule => (Group: string.Join(",", rule.Groups), Resource: string.Join(",", rule.Resources), Name: string.Join(",", rule.ResourceNames), Url: string.Join(",", rule.NonResourceUrls)))
        .Select(static same => Text(same.First() with { Verbs = [.. same.SelectMany(static rule => rule.Verbs).Distinct()] }))
        .Order(StringComparer.Ordinal);

    private static string Text(PolicyRule rule)
    {
        var parts = new List<string>();
        Add("APIGroups", rule.Groups);
        Add("Resources", rule.Resources);
        Add("ResourceNames", rule.ResourceNames);
        Add("NonResourceURLs", rule.NonResourceUrls);
        Add("Verbs", rule.Verbs);
        return $"{{{string.Join(", ", parts)}}}";

        void Add(string name, ImmutableArray<string> items)
        {
            if (!items.IsEmpty)
                parts.Add($"{name}:[{string.Join(" ", items.Select(static item => $"\"{item}\""))}]");
        }
    }
}
