using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Security contexts of pods and containers.</summary>
internal static class SecurityContextValidation
{
    private const long LargestId = int.MaxValue;

    public static IEnumerable<FieldError> Pod(JsonObject spec, string path) => spec.ObjectAt("securityContext") is not { } context
        ? []
        :
        [
            .. Checks.Between(context, path, "fsGroup", 0, LargestId),
            .. Checks.Between(context, path, "runAsUser", 0, LargestId),
            .. Checks.Between(context, path, "runAsGroup", 0, LargestId),
            .. SupplementalGroups(context, path),
            .. spec.BoolAt("shareProcessNamespace") == true && spec.BoolAt("hostPID") == true
                ? [FieldError.Invalid($"{path}.shareProcessNamespace", true, "ShareProcessNamespace and HostPID cannot both be enabled")]
                : (FieldError[])[],
            .. Sysctls(context, path, spec.BoolAt("hostNetwork") == true, spec.BoolAt("hostIPC") == true),
            .. Checks.OneOf(context, path, "fsGroupChangePolicy", "Always", "OnRootMismatch"),
            .. Profile(context, path, "seccompProfile"),
            .. Profile(context, path, "appArmorProfile"),
            .. Checks.OneOf(context, path, "supplementalGroupsPolicy", "Merge", "Strict"),
            .. Checks.OneOf(context, path, "seLinuxChangePolicy", "Recursive"),
        ];

    public static IEnumerable<FieldError> Container(JsonObject container, string path) => container.ObjectAt("securityContext") is not { } context
        ? []
        :
        [
            .. Checks.Between(context, path, "runAsUser", 0, LargestId),
            .. Checks.Between(context, path, "runAsGroup", 0, LargestId),
            .. Checks.OneOf(context, path, "procMount", "Default", "Unmasked"),
            .. Profile(context, path, "seccompProfile"),
            .. Escalation(context, path),
            .. Profile(context, path, "appArmorProfile"),
        ];

    private static IEnumerable<FieldError> SupplementalGroups(JsonObject context, string path)
    {
        var groups = (context["supplementalGroups"] as JsonArray)?.Items ?? [];
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i] is JsonNumber number && !(number.TryGetInt64(out var id) && id is >= 0 and <= LargestId))
                yield return FieldError.Invalid(Checks.At($"{path}.supplementalGroups", i), number, "must be between 0 and 2147483647, inclusive");
        }
    }

    private static IEnumerable<FieldError> Sysctls(JsonObject context, string path, bool hostNetwork, bool hostIpc)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var i = 0;
        foreach (var sysctl in context.Objects("sysctls"))
        {
            var at = $"{Checks.At($"{path}.sysctls", i++)}.name";
            var name = sysctl.StringAt("name") ?? "";
            if (name.Length == 0)
                yield return FieldError.Required(at);
            else if (!IsSysctl(name))
                yield return FieldError.Invalid(at, name, @"must have at most 253 characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$");
            else if (!names.Add(name))
                yield return FieldError.Duplicate(at, name);
            if (hostNetwork && name.StartsWith("net.", StringComparison.Ordinal))
                yield return FieldError.Invalid(at, name, "may not be specified when 'hostNetwork' is true");
            if (hostIpc && (name.StartsWith("kernel.shm", StringComparison.Ordinal) || name.StartsWith("kernel.msg", StringComparison.Ordinal) || name == "kernel.sem" || name.StartsWith("fs.mqueue.", StringComparison.Ordinal)))
                yield return FieldError.Invalid(at, name, "may not be specified when 'hostIPC' is true");
        }
    }

    private static bool IsSysctl(string name) => name.Length <= 253 && name.Split('.', '/').All(static part =>
        part.Length > 0 && char.IsAsciiLetterOrDigit(part[0]) && char.IsAsciiLetterOrDigit(part[^1]) && part.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_'));

    private static IEnumerable<FieldError> Profile(JsonObject context, string path, string kind)
    {
        if (context.ObjectAt(kind) is not { } profile)
            yield break;
        var at = $"{path}.{kind}";
        var system = kind == "seccompProfile" ? "seccomp" : "AppArmor";
        var type = profile.StringAt("type") ?? "";
        if (type.Length == 0)
            yield return FieldError.Required($"{at}.type", $"type is required when {kind} is set");
        else if (type is not ("Localhost" or "RuntimeDefault" or "Unconfined"))
            yield return FieldError.NotSupported($"{at}.type", type, "Localhost", "RuntimeDefault", "Unconfined");
        if (type == "Localhost" && kind == "appArmorProfile" && profile.StringAt("localhostProfile") is { Length: > 0 } given && given.Trim() != given)
            yield return FieldError.Invalid($"{at}.localhostProfile", given, "must not be padded with whitespace");
        else if (type == "Localhost" && string.IsNullOrEmpty(profile.StringAt("localhostProfile")))
            yield return FieldError.Required($"{at}.localhostProfile", $"must be set when {system} type is Localhost");
        else if (type is "RuntimeDefault" or "Unconfined" && profile["localhostProfile"] is JsonString local)
            yield return FieldError.Invalid($"{at}.localhostProfile", kind == "seccompProfile" ? JsonObject.Of(("Type", type), ("LocalhostProfile", local)) : local, $"can only be set when {system} type is Localhost");
    }

    private static IEnumerable<FieldError> Escalation(JsonObject context, string path)
    {
        if (context.BoolAt("allowPrivilegeEscalation") != false)
            yield break;
        if (context.BoolAt("privileged") == true)
            yield return FieldError.Invalid(path, Internal(context), "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        if (context.ObjectAt("capabilities")?.Strings("add").Contains("CAP_SYS_ADMIN") == true)
            yield return FieldError.Invalid(path, Internal(context), "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add` CAP_SYS_ADMIN");
    }

    /// <summary>The context as the real server prints it: its internal struct.</summary>
    private static JsonObject Internal(JsonObject context)
    {
        var printed = new JsonObject.Builder(12);
        foreach (var field in (string[])["capabilities", "privileged", "seLinuxOptions", "windowsOptions", "runAsUser", "runAsGroup", "runAsNonRoot", "readOnlyRootFilesystem", "allowPrivilegeEscalation", "procMount", "seccompProfile", "appArmorProfile"])
        {
            var value = field == "capabilities" && context.ObjectAt(field) is { } capabilities
                ? JsonObject.Of(("Add", capabilities["add"] ?? JsonValue.Null), ("Drop", capabilities["drop"] ?? JsonValue.Null))
                : context[field] ?? JsonValue.Null;
            printed[field == "seLinuxOptions" ? "SELinuxOptions" : char.ToUpperInvariant(field[0]) + field[1..]] = value;
        }

        return printed.Build();
    }
}
