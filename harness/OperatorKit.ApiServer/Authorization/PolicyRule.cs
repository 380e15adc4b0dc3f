using System.Collections.Immutable;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.Authorization;

/// <summary>One rule of a role.</summary>
internal sealed record PolicyRule(
    ImmutableArray<string> Verbs,
    ImmutableArray<string> Groups,
    ImmutableArray<string> Resources,
    ImmutableArray<string> ResourceNames,
    ImmutableArray<string> NonResourceUrls)
{
    public static PolicyRule Read(JsonObject rule) => new(
        Texts(rule, "verbs"), Texts(rule, "apiGroups"), Texts(rule, "resources"), Texts(rule, "resourceNames"), Texts(rule, "nonResourceURLs"));

    public bool Allows(RequestAttributes request)
    {
        if (!Has(Verbs, request.Verb))
            return false;
        if (request.Path is { } path)
            return NonResourceUrls.Any(pattern => MatchesPath(pattern, path));
        return Has(Groups, request.Group)
            && Resources.Any(resource => MatchesResource(resource, request))
            && (ResourceNames.IsEmpty || ResourceNames.Contains(request.Name, StringComparer.Ordinal));
    }

    public JsonObject Write()
    {
        var rule = new JsonObject.Builder();
        rule["verbs"] = List(Verbs);
        if (!Groups.IsEmpty)
            rule["apiGroups"] = List(Groups);
        if (!Resources.IsEmpty)
            rule["resources"] = List(Resources);
        if (!ResourceNames.IsEmpty)
            rule["resourceNames"] = List(ResourceNames);
        if (!NonResourceUrls.IsEmpty)
            rule["nonResourceURLs"] = List(NonResourceUrls);
        return rule.Build();
    }

    private static bool Has(ImmutableArray<string> items, string wanted) => items.Contains("*", StringComparer.Ordinal) || items.Contains(wanted, StringComparer.Ordinal);

    private static bool MatchesResource(string resource, RequestAttributes request) =>
        resource == "*" || resource == request.FullResource || (request.Subresource.Length > 0 && resource == $"*/{request.Subresource}");

    private static bool MatchesPath(string pattern, string path) =>
        pattern == "*" || pattern == path || (pattern.EndsWith('*') && path.StartsWith(pattern[..^1], StringComparison.Ordinal));

    private static JsonArray List(ImmutableArray<string> items) => JsonArray.Of(items.Select(JsonValue.From));

    private static ImmutableArray<string> Texts(JsonObject rule, string field) =>
        [.. (rule.ArrayAt(field) ?? JsonArray.Empty).Items.OfType<JsonString>().Select(static item => item.Value)];
}
