using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Ingresses, their classes and network policies.</summary>
internal static class NetworkValidation
{
    private static readonly string[] BadSequences = ["//", "/./", "/../", "%2f", "%2F"];
    private static readonly string[] BadEndings = ["/..", "/."];

    public static IEnumerable<FieldError> Ingress(JsonObject ingress, JsonObject? old)
    {
        var spec = ingress.ObjectAt("spec") ?? JsonObject.Empty;
        return
        [
            .. !spec.Objects("rules").Any() && !spec.Has("defaultBackend") ? [FieldError.Invalid("spec", JsonValue.Null, "either `defaultBackend` or `rules` must be specified")] : (FieldError[])[],
            .. spec.ObjectAt("defaultBackend") is { } backend ? Backend(backend, "spec.defaultBackend") : [],
            .. spec.Objects("rules").SelectMany(static (rule, i) => Rule(rule, Checks.At("spec.rules", i))),
            .. spec.Objects("tls").SelectMany(static (tls, i) => Tls(tls, Checks.At("spec.tls", i))),
            .. spec.StringAt("ingressClassName") is { } name ? Checks.Formatted(name, "spec.ingressClassName", NameFormat.Subdomain) : [],
        ];
    }

    public static IEnumerable<FieldError> IngressClass(JsonObject ingressClass, JsonObject? old)
    {
        var spec = ingressClass.ObjectAt("spec") ?? JsonObject.Empty;
        var controller = spec.StringAt("controller") ?? "";
        IEnumerable<FieldError> errors =
        [
            .. old is null ? [] : Checks.Immutable(spec["controller"], old.At("spec", "controller"), "spec.controller"),
            .. DomainPath(controller, "spec.controller"),
            .. spec.ObjectAt("parameters") is { } parameters ? Parameters(parameters, "spec.parameters") : [],
        ];
        return errors;
    }

    public static IEnumerable<FieldError> Policy(JsonObject policy, JsonObject? old)
    {
        var spec = policy.ObjectAt("spec") ?? JsonObject.Empty;
        return
        [
            .. Selectors.Validate(spec.ObjectAt("podSelector") ?? JsonObject.Empty, "spec.podSelector"),
            .. Traffic(spec, "ingress", "from"),
            .. Traffic(spec, "egress", "to"),
            .. spec.Strings("policyTypes").Count() > 2
                ? [FieldError.Invalid("spec.policyTypes", spec["policyTypes"]!, "may not specify more than two policyTypes")]
                : spec.Strings("policyTypes").SelectMany(static (type, i) => type is "Ingress" or "Egress" ? (FieldError[])[] : [FieldError.NotSupported(Checks.At("spec.policyTypes", i), type, "Ingress", "Egress")]),
        ];
    }

    /// <summary>A domain, a slash and a path, as controllers name themselves.</summary>
    public static IEnumerable<FieldError> DomainPath(string text, string path)
    {
        if (text.Length == 0)
            return [FieldError.Required(path)];
        var slash = text.IndexOf('/');
        if (slash <= 0 || slash == text.Length - 1)
            return [FieldError.Invalid(path, text, "must be a domain-prefixed path (such as \"acme.io/foo\")")];
        var host = text[..slash];
        return NameFormat.Subdomain(host).Select(problem => FieldError.Invalid(path, host, problem));
    }

    private static IEnumerable<FieldError> Rule(JsonObject rule, string at)
    {
        var host = rule.StringAt("host") ?? "";
        var http = rule.ObjectAt("http");
        var paths = http?.Objects("paths").ToArray();
        return
        [
            .. host.Length > 0 && Formats.ParseAddress(host) is not null ? [FieldError.Invalid($"{at}.host", host, "must be a DNS name, not an IP address")] : (FieldError[])[],
            .. host.Length == 0 ? [] : Host(host, $"{at}.host"),
            .. paths is { Length: 0 } ? [FieldError.Required($"{at}.http.paths")] : (FieldError[])[],
            .. (paths ?? []).SelectMany((path, i) => Path(path, Checks.At($"{at}.http.paths", i))),
        ];
    }

    private static IEnumerable<FieldError> Host(string host, string path) =>
        Checks.Formatted(host, path, host.Contains('*', StringComparison.Ordinal) ? Formats.WildcardSubdomain : NameFormat.Subdomain);

    private static IEnumerable<FieldError> Tls(JsonObject tls, string at) => tls.Strings("hosts").SelectMany((host, i) => Host(host, Checks.At($"{at}.hosts", i)))
        .Concat(tls.StringAt("secretName") is { Length: > 0 } secret ? Checks.Formatted(secret, $"{at}.secretName", NameFormat.Subdomain) : []);

    private static IEnumerable<FieldError> Path(JsonObject path, string at)
    {
        var text = path.StringAt("path") ?? "";
        var type = path.StringAt("pathType");
        if (type is null)
        {
            yield return FieldError.Required($"{at}.pathType", "pathType must be specified");
            yield break;
        }

        var isFree = type == "ImplementationSpecific";
        if (type is not ("Exact" or "Prefix") && !isFree)
            yield return FieldError.NotSupported($"{at}.pathType", type, "Exact", "ImplementationSpecific", "Prefix");
        else if (!text.StartsWith('/') && !(isFree && text.Length == 0))
            yield return FieldError.Invalid($"{at}.path", text, "must be an absolute path");
        if (type is "Exact" or "Prefix")
        {
            foreach (var bad in BadSequences.Where(bad => text.Contains(bad, StringComparison.Ordinal)))
                yield return FieldError.Invalid($"{at}.path", text, $"must not contain '{bad}'");
            foreach (var bad in BadEndings.Where(bad => text.EndsWith(bad, StringComparison.Ordinal)))
                yield return FieldError.Invalid($"{at}.path", text, $"cannot end with '{bad}'");
        }

        foreach (var error in Backend(path.ObjectAt("backend") ?? JsonObject.Empty, $"{at}.backend"))
            yield return error;
    }

    private static IEnumerable<FieldError> Backend(JsonObject backend, string at)
    {
        var (service, resource) = (backend.ObjectAt("service"), backend.ObjectAt("resource"));
        if (service is not null && resource is not null)
            return [FieldError.Invalid(at, "", "cannot set both resource and service backends")];
        if (resource is not null)
            return Reference(resource, $"{at}.resource");
        return service is not null ? Service(service, at) : [FieldError.Invalid(at, "", "resource or service backend is required")];
    }

    private static IEnumerable<FieldError> Service(JsonObject service, string at)
    {
        var (portName, portNumber) = (service.StringAt("port", "name") ?? "", service.LongAt("port", "number") ?? 0);
        IEnumerable<FieldError> name = service.StringAt("name") is { Length: > 0 } text ? Checks.Formatted(text, $"{at}.service.name", NameFormat.Label) : [FieldError.Required($"{at}.service.name")];
        return name.Concat((portName.Length > 0, portNumber != 0) switch
        {
            (true, true) => [FieldError.Invalid(at, "", "cannot set both port name & port number")],
            (true, false) => Checks.Formatted(portName, $"{at}.service.port.name", Formats.PortName),
            (false, true) => Checks.Port(portNumber, $"{at}.service.port.number"),
            _ => [FieldError.Required(at, "port name or number is required")],
        });
    }

    private static IEnumerable<FieldError> Reference(JsonObject reference, string at) => Checks.Required(reference, at, "kind", "name");

    private static IEnumerable<FieldError> Parameters(JsonObject parameters, string at)
    {
        var (scope, ns) = (parameters.StringAt("scope") ?? "", parameters.StringAt("namespace") ?? "");
        IEnumerable<FieldError> place = (scope, ns) switch
        {
            ("Namespace", "") => [FieldError.Required($"{at}.namespace", "`parameters.scope` is set to 'Namespace'")],
            ("Cluster", { Length: > 0 }) => [FieldError.Forbidden($"{at}.namespace", "`parameters.scope` is set to 'Cluster'")],
            ("Namespace" or "Cluster", _) => [],
            _ => [FieldError.NotSupported($"{at}.scope", scope, "Cluster", "Namespace")],
        };
        var group = parameters.StringAt("apiGroup") is { } given ? Checks.Formatted(given, $"{at}.apiGroup", NameFormat.Subdomain) : [];
        return group.Concat(Reference(parameters, at)).Concat(place);
    }

    private static IEnumerable<FieldError> Traffic(JsonObject spec, string direction, string peers) => spec.Objects(direction).SelectMany((rule, i) =>
    {
        var at = Checks.At($"spec.{direction}", i);
        return rule.Objects("ports").SelectMany((port, j) => Port(port, Checks.At($"{at}.ports", j)))
            .Concat(rule.Objects(peers).SelectMany((peer, j) => Peer(peer, Checks.At($"{at}.{peers}", j))));
    });

    private static IEnumerable<FieldError> Port(JsonObject port, string at)
    {
        foreach (var error in Checks.OneOf(port, at, "protocol", "TCP", "UDP", "SCTP"))
            yield return error;
        var end = port.LongAt("endPort");
        if (port["port"] is JsonString name)
        {
            if (end is { } given)
                yield return FieldError.Invalid($"{at}.endPort", given, "may not be specified when `port` is non-numeric");
            foreach (var error in Checks.Formatted(name.Value, $"{at}.port", Formats.PortName))
                yield return error;
        }
        else if (port.LongAt("port") is { } number)
        {
            foreach (var error in Checks.Port(number, $"{at}.port"))
                yield return error;
            if (end < number)
                yield return FieldError.Invalid($"{at}.endPort", number, "must be greater than or equal to `port`");
            foreach (var error in end is { } last ? Checks.Port(last, $"{at}.endPort") : [])
                yield return error;
        }
        else if (end is { } alone)
        {
            yield return FieldError.Invalid($"{at}.endPort", alone, "may not be specified when `port` is not specified");
        }
    }

    private static IEnumerable<FieldError> Peer(JsonObject peer, string at)
    {
        var given = ((string[])["podSelector", "namespaceSelector", "ipBlock"]).Count(peer.Has);
        return
        [
            .. peer.ObjectAt("podSelector") is { } pods ? Selectors.Validate(pods, $"{at}.podSelector") : [],
            .. peer.ObjectAt("namespaceSelector") is { } namespaces ? Selectors.Validate(namespaces, $"{at}.namespaceSelector") : [],
            .. peer.ObjectAt("ipBlock") is { } block ? Block(block, $"{at}.ipBlock") : [],
            .. given == 0 ? [FieldError.Required(at, "must specify a peer")] : (FieldError[])[],
            .. given > 1 && peer.Has("ipBlock") ? [FieldError.Forbidden(at, "may not specify both ipBlock and another peer")] : (FieldError[])[],
        ];
    }

    private static IEnumerable<FieldError> Block(JsonObject block, string at)
    {
        var text = block.StringAt("cidr") ?? "";
        if (text.Length == 0)
            return [FieldError.Required($"{at}.cidr")];
        var problems = Checks.Formatted(text, $"{at}.cidr", Formats.Cidr);
        return Formats.ParseCidr(text) is not { } range ? problems : problems.Concat(block.Strings("except").SelectMany((except, i) =>
        {
            var path = Checks.At($"{at}.except", i);
            if (Formats.ParseCidr(except) is not { } inner)
                return Checks.Formatted(except, path, Formats.Cidr);
            var isInside = inner.Length > range.Length && new System.Net.IPNetwork(Formats.Masked(range), range.Length).Contains(inner.Address);
            return isInside ? (IEnumerable<FieldError>)[] : [FieldError.Invalid(path, except, "must be a strict subset of `cidr`")];
        }));
    }
}
