using System.Net;
using System.Net.Sockets;
using OperatorKit.ApiServer.Errors;
using OperatorKit.ApiServer.Json;
using OperatorKit.ApiServer.Metadata;

namespace OperatorKit.ApiServer.BuiltIns.Validation;

/// <summary>Endpoints and slices of them.</summary>
internal static class EndpointValidation
{
    private const int MostHints = 8;

    public static IEnumerable<FieldError> Endpoints(JsonObject endpoints, JsonObject? old) => endpoints.Objects("subsets").SelectMany(static IEnumerable<FieldError> (subset, i) =>
    {
        var at = Checks.At("subsets", i);
        var ports = subset.Objects("ports").ToArray();
        IEnumerable<FieldError> empty = subset.Objects("addresses").Any() || subset.Objects("notReadyAddresses").Any()
            ? []
            : [FieldError.Required(at, "must specify `addresses` or `notReadyAddresses`")];
        return
        [
            .. empty,
            .. Addresses(subset, at, "addresses"),
            .. Addresses(subset, at, "notReadyAddresses"),
            .. ports.SelectMany((port, j) => Port(port, Checks.At($"{at}.ports", j), needsName: ports.Length > 1)),
        ];
    });

    public static IEnumerable<FieldError> Slice(JsonObject slice, JsonObject? old)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var type = slice.StringAt("addressType") ?? "";
        IEnumerable<FieldError> errors =
        [
            .. type.Length == 0 ? [FieldError.Required("addressType")] : type is "IPv4" or "IPv6" or "FQDN" ? [] : (FieldError[])[FieldError.NotSupported("addressType", type, "FQDN", "IPv4", "IPv6")],
            .. slice.Objects("ports").SelectMany((port, i) => SlicePort(port, Checks.At("ports", i), names)),
            // What was good enough once stays so, whatever changes around it.
            .. old is not null && Checks.Same(slice["endpoints"], old["endpoints"]) ? [] : slice.Objects("endpoints").SelectMany((endpoint, i) => Endpoint(endpoint, Checks.At("endpoints", i), type)),
        ];
        return old is null ? errors : errors.Concat(Checks.Immutable(slice["addressType"], old["addressType"], "addressType"));
    }

    /// <summary>An address that traffic can be sent to: neither unspecified nor of this machine or this link.</summary>
    public static IEnumerable<FieldError> Reachable(string text, string path)
    {
        var problems = Checks.Address(text, path).ToArray();
        if (problems.Length > 0 || Formats.ParseAddress(text) is not { } address)
            return problems;
        var first = address.GetAddressBytes();
        if (address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
            return [FieldError.Invalid(path, text, $"may not be unspecified ({text})")];
        if (IPAddress.IsLoopback(address))
            return [FieldError.Invalid(path, text, "may not be in the loopback range (127.0.0.0/8, ::1/128)")];
        if (address.IsIPv6LinkLocal || (first.Length == 4 && first[0] == 169 && first[1] == 254))
            return [FieldError.Invalid(path, text, "may not be in the link-local range (169.254.0.0/16, fe80::/10)")];
        var isLinkLocalMulticast = first.Length == 4 ? first[0] == 224 && first[1] == 0 && first[2] == 0 : first[0] == 0xff && (first[1] & 0x0f) == 2;
        return isLinkLocalMulticast ? [FieldError.Invalid(path, text, "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)")] : [];
    }

    private static IEnumerable<FieldError> Addresses(JsonObject subset, string at, string list) =>
        subset.Objects(list).SelectMany((address, i) =>
        {
            var (text, place) = (address.StringAt("ip") ?? "", Checks.At($"{at}.{list}", i));
            var path = $"{place}.ip";
            var isAddress = Formats.ParseAddress(text) is not null;
            return (IEnumerable<FieldError>)
            [
                .. isAddress ? [] : Checks.Address(text, path),
                .. address.StringAt("hostname") is { Length: > 0 } host ? Checks.Formatted(host, $"{place}.hostname", NameFormat.Label) : [],
                .. address.StringAt("nodeName") is { } node ? Checks.Formatted(node, $"{place}.nodeName", NameFormat.Subdomain) : [],
                // What is no address at all is said twice.
                .. isAddress ? Reachable(text, path) : [FieldError.Invalid(path, text, "must be a valid IP address")],
            ];
        });

    private static IEnumerable<FieldError> Port(JsonObject port, string at, bool needsName)
    {
        var name = port.StringAt("name") ?? "";
        return
        [
            .. name.Length == 0 ? (needsName ? [FieldError.Required($"{at}.name")] : (FieldError[])[]) : Checks.Formatted(name, $"{at}.name", NameFormat.Label),
            .. Checks.Port(port["port"] ?? 0, $"{at}.port"),
            .. Checks.OneOf(port, at, "protocol", "SCTP", "TCP", "UDP"),
        ];
    }

    private static IEnumerable<FieldError> SlicePort(JsonObject port, string at, HashSet<string> names)
    {
        var name = port.StringAt("name") ?? "";
        return
        [
            .. name.Length > 0 ? Checks.Formatted(name, $"{at}.name", NameFormat.Label) : [],
            .. names.Add(name) ? [] : (FieldError[])[FieldError.Duplicate($"{at}.name", name)],
            .. Checks.OneOf(port, at, "protocol", "SCTP", "TCP", "UDP"),
            .. port.StringAt("appProtocol") is { } protocol ? Checks.Formatted(protocol, $"{at}.appProtocol", NameFormat.QualifiedName) : [],
        ];
    }

    private static IEnumerable<FieldError> Endpoint(JsonObject endpoint, string at, string type)
    {
        var addresses = endpoint.Strings("addresses").ToArray();
        return
        [
            .. addresses.Length == 0 ? [FieldError.Required($"{at}.addresses", "must contain at least 1 address")] : (FieldError[])[],
            .. addresses.Length > 100 ? [FieldError.TooMany($"{at}.addresses", addresses.Length, 100)] : (FieldError[])[],
            .. addresses.SelectMany((address, i) => Address(address, $"{at}.addresses", i, type)),
            .. endpoint.StringAt("nodeName") is { } node ? Checks.Formatted(node, $"{at}.nodeName", NameFormat.Subdomain) : [],
            .. endpoint.ObjectAt("hints") is { } hints ? Hints(hints, $"{at}.hints") : [],
            .. endpoint.StringAt("hostname") is { } host ? Checks.Formatted(host, $"{at}.hostname", NameFormat.Label) : [],
        ];
    }

    private static IEnumerable<FieldError> Hints(JsonObject hints, string at) =>
        Hints(hints.Objects("forZones"), $"{at}.forZones", NameFormat.LabelValue).Concat(Hints(hints.Objects("forNodes"), $"{at}.forNodes", NameFormat.Subdomain));

    private static IEnumerable<FieldError> Hints(IEnumerable<JsonObject> list, string path, Func<string, IEnumerable<string>> format)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var items = list.ToArray();
        return items.Length > MostHints ? [FieldError.TooMany(path, items.Length, MostHints)] : items.SelectMany((item, i) =>
        {
            var (name, at) = (item.StringAt("name") ?? "", $"{Checks.At(path, i)}.name");
            return (names.Add(name) ? [] : (FieldError[])[FieldError.Duplicate(at, name)]).Concat(Checks.Formatted(name, at, format));
        });
    }

    private static IEnumerable<FieldError> Address(string text, string list, int i, string type)
    {
        var at = Checks.At(list, i);
        if (type == "FQDN")
            return Checks.Formatted(text, at, NameFormat.Subdomain);
        var family = type == "IPv4" ? AddressFamily.InterNetwork : AddressFamily.InterNetworkV6;
        IEnumerable<FieldError> wrong = type is "IPv4" or "IPv6" && Formats.ParseAddress(text) is { } address && address.AddressFamily != family
            ? [FieldError.Invalid(list, text, $"must be an {type} address")]
            : [];
        return wrong.Concat(Reachable(text, at));
    }
}
