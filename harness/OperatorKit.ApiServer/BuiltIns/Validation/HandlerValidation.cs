using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Probes and life cycle hooks of a container: both call a handler.</summary>
internal static class HandlerValidation
{
    private static readonly string[] Handlers = ["exec", "httpGet", "tcpSocket", "grpc", "sleep"];

    public static IEnumerable<FieldError> Lifecycle(JsonObject lifecycle, string path, long? gracePeriod) => ((string[])["postStart", "preStop"]).Where(lifecycle.Has)
        .SelectMany(hook => Handler(lifecycle.ObjectAt(hook) ?? JsonObject.Empty, $"{path}.{hook}", gracePeriod));

    public static IEnumerable<FieldError> Probe(JsonObject container, string path, string kind, long? gracePeriod)
    {
        if (container.ObjectAt(kind) is not { } probe)
            yield break;
        var at = $"{path}.{kind}";
        IEnumerable<FieldError> errors =
        [
            .. Handler(probe, at, gracePeriod),
            .. Checks.NotNegative(probe, at, "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold"),
            .. Checks.Positive(probe, at, "terminationGracePeriodSeconds"),
        ];
        foreach (var error in errors)
            yield return error;
        if (kind == "readinessProbe")
        {
            if (probe.LongAt("terminationGracePeriodSeconds") is { } seconds)
                yield return FieldError.Invalid($"{at}.terminationGracePeriodSeconds", seconds, "must not be set for readinessProbes");
        }
        else if (probe.LongAt("successThreshold") is { } threshold && threshold != 1)
        {
            yield return FieldError.Invalid($"{at}.successThreshold", threshold, "must be 1");
        }
    }

    private static IEnumerable<FieldError> Handler(JsonObject owner, string path, long? gracePeriod) => Checks.ExactlyOne(
        owner,
        path,
        Handlers,
        "may not specify more than 1 handler type",
        "must specify a handler type",
        kind => Action(owner.ObjectAt(kind) ?? JsonObject.Empty, $"{path}.{kind}", kind, gracePeriod));

    private static IEnumerable<FieldError> Action(JsonObject action, string path, string kind, long? gracePeriod) => kind switch
    {
        "exec" => Checks.Required(action, path, "command"),
        "httpGet" =>
        [
            .. Checks.Required(action, path, "path"),
            .. Checks.PortOrName(action["port"], $"{path}.port"),
            .. Checks.OneOf(action, path, "scheme", "HTTP", "HTTPS"),
            .. action.Objects("httpHeaders").SelectMany(header => Checks.Formatted(header.StringAt("name") ?? "", $"{path}.httpHeaders", Formats.HeaderName)),
        ],
        "sleep" => action.LongAt("seconds") is { } seconds && (seconds < 0 || seconds > gracePeriod)
            ? [FieldError.Invalid(path, seconds, FormattableString.Invariant($"must be non-negative and less than terminationGracePeriodSeconds ({gracePeriod})"))]
            : [],
        _ => Checks.PortOrName(action["port"], $"{path}.port"),
    };
}
