using System.Globalization;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Amounts of resources: what containers ask for, quotas, limit ranges.</summary>
internal static class ResourceValidation
{
    private const string NotNegative = "must be greater than or equal to 0";

    private static readonly string[] ContainerResources = ["cpu", "memory", "ephemeral-storage"];
    private static readonly string[] Counted = ["pods", "services", "replicationcontrollers", "resourcequotas", "secrets", "configmaps", "persistentvolumeclaims", "services.nodeports", "services.loadbalancers"];
    private static readonly string[] Amounts = ["storage", "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage"];
    private static readonly string[] LimitTypes = ["Pod", "Container", "PersistentVolumeClaim"];
    private static readonly string[] Scopes = ["Terminating", "NotTerminating", "BestEffort", "NotBestEffort", "PriorityClass", "CrossNamespacePodAffinity", "VolumeAttributesClass"];
    private static readonly string[] Computed = ["cpu", "memory", "limits.cpu", "limits.memory", "requests.cpu", "requests.memory"];

    public static IEnumerable<FieldError> Container(JsonObject container, string path)
    {
        var limits = container.ObjectAt("resources", "limits") ?? JsonObject.Empty;
        var requests = container.ObjectAt("resources", "requests") ?? JsonObject.Empty;
        return
        [
            .. limits.SelectMany(limit => Amount(limit, $"{path}.limits[{limit.Key}]", ContainerName)),
            .. requests.SelectMany(request => Amount(request, $"{path}.requests[{request.Key}]", ContainerName).Concat(Limited(request, limits, path))),
        ];
    }

    public static IEnumerable<FieldError> Quota(JsonObject quota, JsonObject? old)
    {
        var spec = quota.ObjectAt("spec") ?? JsonObject.Empty;
        var hard = spec.ObjectAt("hard") ?? JsonObject.Empty;
        IEnumerable<FieldError> errors =
        [
            .. hard.SelectMany(static limit => Amount(limit, $"spec.hard[{limit.Key}]", QuotaName)),
            .. QuotaScopes(spec, hard),
            .. (spec.ObjectAt("scopeSelector")?.Objects("matchExpressions") ?? []).SelectMany(static requirement => ScopeRequirement(requirement, "spec.scopeSelector.matchExpressions")),
        ];
        if (old is not null && !spec.Strings("scopes").ToHashSet().SetEquals(old.ObjectAt("spec")?.Strings("scopes") ?? []))
            errors = errors.Append(FieldError.Invalid("spec.scopes", spec["scopes"] ?? JsonValue.Null, "field is immutable"));
        return errors;
    }

    public static IEnumerable<FieldError> QuotaStatus(JsonObject quota) => ((string[])["hard", "used"])
        .SelectMany(list => (quota.ObjectAt("status", list) ?? JsonObject.Empty).SelectMany(amount => Amount(amount, $"status.{list}[{amount.Key}]", QuotaName)));

    public static IEnumerable<FieldError> LimitRange(JsonObject range, JsonObject? old)
    {
        var types = new HashSet<string>(StringComparer.Ordinal);
        return (range.ObjectAt("spec")?.Objects("limits") ?? []).SelectMany((limit, i) => Limit(limit, Checks.At("spec.limits", i), types));
    }

    private static IEnumerable<FieldError> Limit(JsonObject limit, string at, HashSet<string> types)
    {
        var type = limit.StringAt("type") ?? "";
        foreach (var error in Checks.Formatted(type, $"{at}.type", NameFormat.QualifiedName))
            yield return error;
        if (type.Length > 0 && !type.Contains('/', StringComparison.Ordinal) && !LimitTypes.Contains(type))
            yield return FieldError.Invalid($"{at}.type", type, "must be a standard limit type or fully qualified");
        if (!types.Add(type))
            yield return FieldError.Duplicate($"{at}.type", type);
        if (type == "Pod")
        {
            foreach (var field in ((string[])["default", "defaultRequest"]).Where(field => limit[field] is JsonObject { Count: > 0 }))
                yield return FieldError.Forbidden($"{at}.{field}", "may not be specified when `type` is 'Pod'");
        }

        if (type == "PersistentVolumeClaim" && !limit.Has("min") && !limit.Has("max"))
            yield return FieldError.Required($"{at}.limits", "either minimum or maximum storage value is required, but neither was provided");
        foreach (var error in ((string[])["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"])
            .SelectMany(field => (limit.ObjectAt(field)?.Keys ?? []).SelectMany(name => LimitName(type, name, $"{at}.{field}[{name}]"))))
        {
            yield return error;
        }

        foreach (var name in ((string[])["max", "min", "default", "defaultRequest", "maxLimitRequestRatio"]).SelectMany(field => limit.ObjectAt(field)?.Keys ?? []).Distinct().Order(StringComparer.Ordinal))
        {
            foreach (var error in Consistent(limit, name, at))
                yield return error;
        }
    }

    private static IEnumerable<FieldError> Consistent(JsonObject limit, string name, string at)
    {
        var (min, max) = (limit.StringAt("min", name), limit.StringAt("max", name));
        var (request, value, ratio) = (limit.StringAt("defaultRequest", name), limit.StringAt("default", name), limit.StringAt("maxLimitRequestRatio", name));
        if (IsOver(min, max))
            yield return FieldError.Invalid($"{at}.min[{name}]", min!, $"min value {min} is greater than max value {max}");
        if (IsOver(min, request))
            yield return FieldError.Invalid($"{at}.defaultRequest[{name}]", request!, $"min value {min} is greater than default request value {request}");
        if (IsOver(request, max))
            yield return FieldError.Invalid($"{at}.defaultRequest[{name}]", request!, $"default request value {request} is greater than max value {max}");
        if (IsOver(request, value))
            yield return FieldError.Invalid($"{at}.defaultRequest[{name}]", request!, $"default request value {request} is greater than default limit value {value}");
        if (IsOver(min, value))
            yield return FieldError.Invalid($"{at}.default[{name}]", min!, $"min value {min} is greater than default value {value}");
        if (IsOver(value, max))
            yield return FieldError.Invalid($"{at}.default[{name}]", max!, $"default value {value} is greater than max value {max}");
        if (IsOver("1", ratio))
            yield return FieldError.Invalid($"{at}.maxLimitRequestRatio[{name}]", ratio!, $"ratio {ratio} is less than 1");
        if (ratio is not null && min is not null && max is not null && (double)QuantityText.Nanos(max) / (double)QuantityText.Nanos(min) is var most && (double)QuantityText.Nanos(ratio) / 1e9 > most)
            yield return FieldError.Invalid($"{at}.maxLimitRequestRatio[{name}]", ratio, string.Create(CultureInfo.InvariantCulture, $"ratio {ratio} is greater than max/min = {most:F6}"));
    }

    private static bool IsOver(string? amount, string? limit) => amount is not null && limit is not null && QuantityText.Nanos(amount) > QuantityText.Nanos(limit);

    private static IEnumerable<FieldError> Amount(KeyValuePair<string, JsonValue> resource, string path, Func<string, string, IEnumerable<FieldError>> name)
    {
        var (key, text) = (resource.Key, (resource.Value as JsonString)?.Value ?? "0");
        foreach (var error in name(key, path))
            yield return error;
        var nanos = QuantityText.Nanos(text);
        if (nanos.Sign < 0)
            yield return FieldError.Invalid(path, text, NotNegative);
        var isWhole = Counted.Contains(key) || key.StartsWith("count/", StringComparison.Ordinal) || (key.Contains('/', StringComparison.Ordinal) && !IsNative(key));
        if (isWhole && !(nanos % 1_000_000_000).IsZero)
            yield return FieldError.Invalid(path, text, "must be an integer");
        const string hugePages = "hugepages-";
        if (key.StartsWith(hugePages, StringComparison.Ordinal) && QuantityText.Canonical(key[hugePages.Length..]) is JsonString { Value: var page } && !(nanos % QuantityText.Nanos(page)).IsZero)
            yield return FieldError.Invalid(path, text, $"{text} is not positive integer multiple of {key}");
    }

    private static IEnumerable<FieldError> Limited(KeyValuePair<string, JsonValue> request, JsonObject limits, string path)
    {
        var name = request.Key;
        if (request.Value is not JsonString { Value: var amount })
            yield break;
        var isFixed = name.StartsWith("hugepages-", StringComparison.Ordinal) || !IsNative(name);
        var limit = limits.StringAt(name);
        if (limit is null && isFixed)
            yield return FieldError.Required($"{path}.limits", "Limit must be set for non overcommitable resources");
        else if (limit is not null && isFixed && QuantityText.Nanos(amount) != QuantityText.Nanos(limit))
            yield return FieldError.Invalid($"{path}.requests", amount, $"must be equal to {name} limit of {limit}");
        else if (IsOver(amount, limit))
            yield return FieldError.Invalid($"{path}.requests", amount, $"must be less than or equal to {name} limit of {limit}");
    }

    private static bool IsNative(string name) => !name.Contains('/', StringComparison.Ordinal) || name.Contains("kubernetes.io/", StringComparison.Ordinal);

    private static IEnumerable<FieldError> ContainerName(string name, string path)
    {
        var problems = Checks.Formatted(name, path, NameFormat.QualifiedName).ToList();
        var isContainerResource = ContainerResources.Contains(name) || name.StartsWith("hugepages-", StringComparison.Ordinal);
        if (problems.Count == 0 && !name.Contains('/', StringComparison.Ordinal) && !isContainerResource && !IsStandard(name))
            problems.Add(FieldError.Invalid(path, name, "must be a standard resource type or fully qualified"));
        if (!name.Contains('/', StringComparison.Ordinal) && !isContainerResource)
            problems.Add(FieldError.Invalid(path, name, "must be a standard resource for containers"));
        return problems;
    }

    private static IEnumerable<FieldError> LimitName(string type, string name, string path)
    {
        if (type is "Pod" or "Container")
        {
            return name.Contains('/', StringComparison.Ordinal) || ContainerResources.Contains(name) || name.StartsWith("hugepages-", StringComparison.Ordinal)
                ? Checks.Formatted(name, path, NameFormat.QualifiedName)
                : [FieldError.Invalid(path, name, "must be a standard resource type or fully qualified"), FieldError.Invalid(path, name, "must be a standard resource for containers")];
        }

        var problems = Checks.Formatted(name, path, NameFormat.QualifiedName).ToList();
        return problems.Count > 0 || name.Contains('/', StringComparison.Ordinal) || IsStandard(name) ? problems : [FieldError.Invalid(path, name, "must be a standard resource type or fully qualified")];
    }

    private static IEnumerable<FieldError> QuotaName(string name, string path)
    {
        var problems = Checks.Formatted(name, path, NameFormat.QualifiedName).ToList();
        var isUnknown = !name.Contains('/', StringComparison.Ordinal) && !IsStandard(name) && !name.Contains("hugepages-", StringComparison.Ordinal);
        if (isUnknown && problems.Count == 0)
            problems.Add(FieldError.Invalid(path, name, "must be a standard resource type or fully qualified"));
        if (isUnknown)
            problems.Add(FieldError.Invalid(path, name, "must be a standard resource for quota"));
        return problems;
    }

    private static IEnumerable<FieldError> QuotaScopes(JsonObject spec, JsonObject hard)
    {
        var scopes = spec.Strings("scopes").ToArray();
        foreach (var scope in scopes)
        {
            if (!Scopes.Contains(scope))
                yield return FieldError.Invalid("spec.scopes", spec["scopes"]!, "unsupported scope");
            foreach (var name in hard.Keys.Order(StringComparer.Ordinal))
            {
                if (!AppliesTo(scope, name))
                    yield return FieldError.Invalid("spec.scopes", spec["scopes"]!, "unsupported scope applied to resource");
            }
        }

        foreach (var (one, other) in ((string, string)[])[("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")])
        {
            if (scopes.Contains(one) && scopes.Contains(other))
                yield return FieldError.Invalid("spec.scopes", spec["scopes"]!, "conflicting scopes");
        }
    }

    private static bool AppliesTo(string scope, string resource) => !IsStandard(resource) || scope switch
    {
        "Terminating" or "NotTerminating" or "NotBestEffort" or "PriorityClass" or "CrossNamespacePodAffinity" => resource == "pods" || Computed.Contains(resource),
        "BestEffort" => resource == "pods",
        "VolumeAttributesClass" => resource is "persistentvolumeclaims" or "requests.storage",
        _ => true,
    };

    private static bool IsStandard(string resource) => ContainerResources.Contains(resource) || Counted.Contains(resource) || Amounts.Contains(resource);

    private static IEnumerable<FieldError> ScopeRequirement(JsonObject requirement, string path)
    {
        var (scope, kind) = (requirement.StringAt("scopeName") ?? "", requirement.StringAt("operator") ?? "");
        var hasValues = requirement.Strings("values").Any();
        if (!Scopes.Contains(scope))
            yield return FieldError.Invalid($"{path}.scopeName", scope, "unsupported scope");
        if (scope is not ("PriorityClass" or "VolumeAttributesClass") && Scopes.Contains(scope) && kind != "Exists")
            yield return FieldError.Invalid($"{path}.operator", kind, "must be 'Exists' when scope is any of ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity");
        if (kind is "In" or "NotIn" && !hasValues)
            yield return FieldError.Required($"{path}.values", "must be at least one value when `operator` is 'In' or 'NotIn' for scope selector");
        else if (kind is "Exists" or "DoesNotExist" && hasValues)
            yield return FieldError.Invalid($"{path}.values", requirement["values"]!, "must be no value when `operator` is 'Exist' or 'DoesNotExist' for scope selector");
        else if (kind is not ("In" or "NotIn" or "Exists" or "DoesNotExist"))
            yield return FieldError.Invalid($"{path}.operator", kind, "not a valid selector operator");
    }
}
